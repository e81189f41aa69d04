import { randomUUID } from 'node:crypto'

export type DemoPerson = { id: string; fullName: string; email: string }
export type DemoStudent = DemoPerson & { rollNo: string; phone: string; batch: string; department: string }

/** Reserved for documentation (RFC 2606): no mail of the demo can reach anybody. */
const DOMAIN = 'college.example'

const STUDENT_NAMES = [
  'Aarav Sharma',
  'Amina Bello',
  'Ana Lucía Romero',
  'Anh Nguyễn',
  'Astrid Lindqvist',
  'Ayşe Yılmaz',
  'Benjamin Osei',
  'Björn Þórsson',
  'Camille Lefèvre',
  'Chidinma Okafor',
  'Chloé Dubois',
  'Daniela Popescu',
  'Diego Fernández',
  'Elif Demir',
  'Emeka Nwosu',
  'Farah Rahman',
  'Gabriela Souza',
  'Hana Sato',
  'Ibrahim Diallo',
  'Ishaan Patel',
  'Jamal Williams',
  'João Pereira',
  'Kateryna Shevchenko',
  'Kavya Nair',
  'Lars Jørgensen',
  'Leila Haddad',
  'Lerato Mokoena',
  'Li Wei',
  'Łukasz Kowalski',
  'Mariam Al-Sayed',
  'Mateo García',
  'Meera Iyer',
  'Minh Trần',
  'Niamh O’Sullivan',
  'Noor Hussain',
  'Olivia Brown',
  'Rohan Gupta',
  'Siti Nurhaliza',
  'Yuki Tanaka',
  'Zanele Dlamini',
] as const

export function makeDemoAdmin(): DemoPerson {
  return { id: randomUUID(), fullName: 'Grace Mwangi', email: `admin@${DOMAIN}` }
}

/** @returns the one of databases, the one of statistics */
export function makeDemoTeachers(): [DemoPerson, DemoPerson] {
  return [
    { id: randomUUID(), fullName: 'Dr. Priya Raman', email: `priya.raman@${DOMAIN}` },
    { id: randomUUID(), fullName: 'Prof. Tomás Herrera', email: `tomas.herrera@${DOMAIN}` },
  ]
}

/** Forty students of one year, by roll number: the first half studies computer science, the second mathematics. */
export function makeDemoStudents(year: number): DemoStudent[] {
  return STUDENT_NAMES.map((fullName, i) => {
    const isComputing = i < STUDENT_NAMES.length / 2
    const number = String(i + 1).padStart(3, '0')
    return {
      id: randomUUID(),
      fullName,
      email: `${asciiName(fullName)}@${DOMAIN}`,
      rollNo: `${isComputing ? 'CS' : 'MA'}${year % 100}-${number}`,
      // Numbers kept for fiction.
      phone: `+1 202 555 01${number.slice(1)}`,
      batch: String(year),
      department: isComputing ? 'Computer Science' : 'Mathematics',
    }
  })
}

/** `Łukasz Kowalski` writes mails as `lukasz.kowalski`. */
function asciiName(fullName: string): string {
  return fullName
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('þ', 'th')
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replaceAll(/[^a-z ]/g, '')
    .trim()
    .replaceAll(/ +/g, '.')
}
