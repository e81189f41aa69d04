/** What a row is about, in the order in which rows are taken: a later one may name what an earlier one makes. */
export const SECTIONS = ['terms', 'teachers', 'students', 'classes', 'enrolments'] as const
export type Section = (typeof SECTIONS)[number]

/** What one sheet can hold. Terms come in a OneRoster zip only, with their days. */
export const SHEET_KINDS = ['students', 'teachers', 'classes', 'enrolments'] as const
export type SheetKind = (typeof SHEET_KINDS)[number]

export type ImportColumn =
  | 'roll_no'
  | 'full_name'
  | 'email'
  | 'phone'
  | 'batch'
  | 'department'
  | 'role'
  | 'subject_code'
  | 'subject_name'
  | 'class'
  | 'term'
  | 'room'
  | 'teachers'
  | 'from'
  | 'until'
  | 'starts_on'
  | 'ends_on'

type ColumnRule = {
  column: ImportColumn
  isRequired: boolean
  longest: number
  /** What schools write above it, reduced to letters and digits as `titleKey` does; the template's own title comes first. */
  titles: readonly string[]
}

const rule = (column: ImportColumn, longest: number, titles: readonly string[], isRequired = false): ColumnRule => ({
  column,
  isRequired,
  longest,
  titles: [column.replaceAll('_', ''), ...titles],
})
const needed = (column: ImportColumn, longest: number, titles: readonly string[]) => rule(column, longest, titles, true)

const ROLL_NO = ['rollnumber', 'roll', 'regno', 'registrationno', 'registrationnumber', 'enrollmentno', 'enrolmentno']
const STUDENT_ID = ['studentid', 'studentno', 'studentnumber', 'admissionno', 'usn', 'matriculationnumber', 'htno']
const NAME = ['name', 'fullnames', 'displayname', 'nameinfull']
const EMAIL = ['emailaddress', 'emailid', 'mail', 'mailid', 'emails', 'primaryemail']
const PHONE = ['phoneno', 'phonenumber', 'mobile', 'mobileno', 'mobilenumber', 'contactno', 'contactnumber', 'tel']
const DEPARTMENT = ['dept', 'departmentname', 'branch', 'faculty', 'programme', 'program', 'school', 'stream']
const SUBJECT_CODE = ['subject', 'coursecode', 'course', 'code', 'subjectid', 'courseid', 'papercode', 'modulecode']
const CLASS = ['classname', 'section', 'sectionname', 'group', 'groupname', 'division', 'div']
const DATE = { from: ['startdate', 'start', 'joined', 'joinedon', 'begin', 'begindate', 'since', 'datefrom'] }
const END = ['enddate', 'end', 'to', 'left', 'lefton', 'till', 'dateto', 'leavingdate']

/** The columns of each kind of row, in the order of its template. */
export const COLUMNS: Record<Section, readonly ColumnRule[]> = {
  students: [
    needed('roll_no', 50, [...ROLL_NO, ...STUDENT_ID]),
    needed('full_name', 200, [...NAME, 'student', 'studentname', 'nameofstudent', 'nameofthestudent', 'candidatename']),
    rule('email', 254, [...EMAIL, 'studentemail']),
    rule('phone', 30, [...PHONE, 'studentphone']),
    rule('batch', 50, ['year', 'batchyear', 'cohort', 'intake', 'yearofadmission', 'grade', 'grades', 'semester']),
    rule('department', 100, DEPARTMENT),
  ],
  teachers: [
    needed('full_name', 200, [...NAME, 'teacher', 'teachername', 'nameofteacher', 'staffname', 'facultyname']),
    needed('email', 254, [...EMAIL, 'teacheremail', 'staffemail']),
    rule('phone', 30, PHONE),
    rule('department', 100, DEPARTMENT),
    rule('role', 50, ['roles', 'position', 'may', 'rights']),
  ],
  classes: [
    needed('subject_code', 30, SUBJECT_CODE),
    rule('subject_name', 200, ['subjecttitle', 'coursename', 'coursetitle', 'title', 'papername', 'modulename']),
    needed('class', 100, [...CLASS, 'name']),
    rule('term', 100, ['termname', 'semester', 'session', 'academicterm', 'period', 'trimester']),
    rule('room', 100, ['roomno', 'roomnumber', 'location', 'venue', 'hall']),
    rule('teachers', 1000, ['teacheremails', 'teacheremail', 'teacher', 'email', 'taughtby', 'faculty', 'instructor']),
    rule(
      'department',
      100,
      DEPARTMENT.filter((title) => title !== 'faculty'),
    ),
  ],
  enrolments: [
    needed('roll_no', 50, [...ROLL_NO, ...STUDENT_ID]),
    needed('subject_code', 30, SUBJECT_CODE),
    needed('class', 100, CLASS),
    rule('from', 40, DATE.from),
    rule('until', 40, END),
  ],
  terms: [needed('term', 100, ['title', 'name']), needed('starts_on', 40, DATE.from), needed('ends_on', 40, END)],
}

export const columnsOf = (section: Section): ImportColumn[] => COLUMNS[section].map(({ column }) => column)

/** Which column of a kind each column of the sheet is; null is not read. */
export type Mapping = readonly (ImportColumn | null)[]

/** The columns of the kind that have to be there and are not. */
export function missingColumns(section: Section, mapping: Mapping): ImportColumn[] {
  return COLUMNS[section].flatMap(({ column, isRequired }) => (isRequired && !mapping.includes(column) ? [column] : []))
}
