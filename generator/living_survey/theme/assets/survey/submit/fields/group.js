// Fields that together make the data of a file, or of one part of it.

import { valueAt } from "../schema.js"

export class Group {
  constructor() {
    this.fields = []
  }

  add(field) {
    this.fields.push(field)
    return field
  }

  find(name) {
    return this.fields.find((field) => field.path.join(".") === name)
  }

  // The field at which a problem is shown: the one that it is in, or else the first inside what it is about.
  at(path) {
    const inside = this.fields.filter((field) => field.path.every((part, index) => path[index] === part))
    const longest = inside.sort((a, b) => b.path.length - a.path.length)[0]
    return longest ?? this.fields.find((field) => path.length && path.every((part, index) => field.path[index] === part))
  }

  read() {
    const data = {}
    for (const field of this.fields) {
      const value = field.read()
      if (value === undefined) continue
      let target = data
      for (const part of field.path.slice(0, -1)) target = target[part] ??= {}
      target[field.path.at(-1)] = value
    }
    return data
  }

  write(data) {
    for (const field of this.fields) field.write(valueAt(data, field.path))
  }

  // Problems that only the form can see: lines that it cannot read.
  problems() {
    return this.fields.flatMap((field) => field.problems?.() ?? [])
  }

  // Show each problem at its field; return those that belong to none.
  show(problems, all = false) {
    const shown = new Map(this.fields.map((field) => [field, []]))
    const rest = []
    for (const problem of problems) {
      const field = this.at(problem.path)
      if (field) shown.get(field).push({ ...problem, path: problem.path.slice(field.path.length) })
      else rest.push(problem)
    }
    for (const [field, mine] of shown) field.show(mine, all)
    return rest
  }
}
