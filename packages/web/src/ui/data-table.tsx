import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './data-table.module.css'

export type Column<Row> = {
  key: string
  title: string
  render: (row: Row) => ReactNode
  /** Makes the column sortable. */
  sortBy?: (row: Row) => string | number | null
  /** The column that names the row. */
  isName?: boolean
  isNumber?: boolean
  /** Left out on a phone, where a row is a small card. */
  isExtra?: boolean
  /** The title is for screen readers only. */
  hasHiddenTitle?: boolean
}

type DataTableProps<Row> = {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** Rows come sorted, from a server that has more of them: the table only asks for another order. */
  sorted?: { by: Sort; onSort: (sort: Sort) => void }
}

export type Sort = { key: string; isDown: boolean }

/** A table on wide screens, a list of small cards on a phone; rows keep their order until a column is chosen. */
export function DataTable<Row>({ caption, columns, rows, keyOf, sorted }: DataTableProps<Row>) {
  const [own, setOwn] = useState<Sort | null>(null)
  const shown = sorted === undefined ? sortRows(rows, columns, own) : rows
  return (
    <table className={classes.table}>
      <caption className={classes.caption}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <Heading key={column.key} column={column} sort={sorted?.by ?? own} onSort={sorted?.onSort ?? setOwn} />
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type HeadingProps<Row> = { column: Column<Row>; sort: Sort | null; onSort: (sort: Sort) => void }

function Heading<Row>({ column, sort, onSort }: HeadingProps<Row>) {
  const { t } = useTranslation()
  const isSorted = sort?.key === column.key
  const direction = isSorted ? (sort.isDown ? 'descending' : 'ascending') : 'none'
  if (column.sortBy === undefined) {
    return (
      <th scope="col" data-number={column.isNumber}>
        <span className={column.hasHiddenTitle === true ? classes.hidden : undefined}>{column.title}</span>
      </th>
    )
  }
  return (
    <th scope="col" aria-sort={direction} data-number={column.isNumber}>
      <button
        type="button"
        className={classes.sort}
        title={t('sort.by', { column: column.title })}
        onClick={() => onSort({ key: column.key, isDown: isSorted && !sort.isDown })}
      >
        {column.title}
        <span aria-hidden className={classes.arrow} data-shown={isSorted}>
          {direction === 'descending' ? '↓' : '↑'}
        </span>
      </button>
    </th>
  )
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const content = column.render(row)
  if (column.isName === true) {
    return (
      <th scope="row" className={classes.name}>
        {content}
      </th>
    )
  }
  return (
    <td
      data-number={column.isNumber}
      data-extra={column.isExtra}
      data-title={column.hasHiddenTitle === true ? undefined : column.title}
    >
      {content}
    </td>
  )
}

function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort | null): readonly Row[] {
  const sortBy = columns.find(({ key }) => key === sort?.key)?.sortBy
  if (sort === null || sortBy === undefined) return rows
  return rows.toSorted((a, b) => {
    const [left, right] = [sortBy(a), sortBy(b)]
    // What is unknown stands last, whichever way the rest is sorted.
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : String(left).localeCompare(String(right), undefined, { numeric: true })
    return sort.isDown ? -order : order
  })
}
