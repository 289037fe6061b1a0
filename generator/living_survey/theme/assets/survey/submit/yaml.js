// The text of a paper file in the survey's canonical form, the same as `survey fmt` writes.
//
// The order of fields is the schema's; which fields stay without quotes, wrap, or stand on one line, /api/form.json says.

import { isMapping, resolve } from "./schema.js"
import { fold, length, paragraphs } from "./text.js"

export const toYaml = (data, schema, style) => {
  const writer = new Writer(schema, style)
  writer.mapping(data, schema, [], "")
  return `${writer.lines.join("\n")}\n`
}

class Writer {
  constructor(schema, style) {
    this.schema = schema
    this.style = style
    this.notText = new RegExp(`^(?:${style.not_text})$`, "iu")
    this.lines = []
  }

  // Text without quotes where every YAML parser reads the same text.
  scalar(value, flow) {
    const text = fold(value)
    const plain = text &&
      !this.notText.test(text) &&
      !/^[\p{Nd} .,:;-]+$/u.test(text) &&
      !this.style.indicators.includes(text[0]) &&
      !text.includes(": ") &&
      !text.includes(" #") &&
      !text.endsWith(":") &&
      !(flow && /[,[\]{}?]|:$/.test(text)) &&
      !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(text)
    return plain ? text : quoted(text)
  }

  typed(name, value, flow) {
    if (typeof value === "object") return this.inFlow(value)
    if (value === true || value === false) return String(value)
    if (this.style.unquoted.includes(name) && /^(?:[\d-]+(?:\.\d+)?|true|false)$/.test(String(value))) return String(value)
    return this.scalar(value, flow)
  }

  inFlow(value, rules = null) {
    if (Array.isArray(value)) return `[${value.map((item) => this.inFlow(item)).join(", ")}]`
    if (!isMapping(value)) return this.scalar(value, true)
    const pairs = ordered(value, rules).map(([name, inner]) => `${this.scalar(name, true)}: ${this.typed(name, inner, true)}`)
    return `{${pairs.join(", ")}}`
  }

  mapping(value, rules, path, indent) {
    for (const [name, inner] of ordered(value, rules)) {
      const start = `${indent}${this.scalar(name, false)}:`
      const part = isPart(rules?.properties?.[name], this.schema)
      if (isMapping(inner) && Object.keys(inner).length) {
        this.lines.push(start)
        this.mapping(inner, part, [...path, name], `${indent}  `)
      } else if (Array.isArray(inner) && inner.length && !this.style.inline.includes(name)) {
        this.lines.push(start)
        this.items(inner, part, [...path, name], `${indent}  `, rules?.properties?.[name])
      } else if (this.style.paragraphs.includes(path[0] ?? name)) {
        this.running(start, inner, indent)
      } else {
        this.lines.push(`${start} ${this.typed(name, inner, false)}`.trimEnd())
      }
    }
  }

  items(list, part, path, indent, rules) {
    const people = rules?.items?.$ref?.endsWith("/Author")
    list.forEach((item, index) => {
      const short = people || (rules?.items?.$ref?.endsWith("/Number") && this.fits(`${indent}- ${this.inFlow(item, part)}`))
      if (isMapping(item) && Object.keys(item).length && !short) {
        const start = this.lines.length
        this.mapping(item, part, [...path, index], `${indent}  `)
        this.lines[start] = `${indent}- ${this.lines[start].trimStart()}`
      } else {
        this.lines.push(`${indent}- ${typeof item === "object" ? this.inFlow(item, part) : this.scalar(item, false)}`)
      }
    })
  }

  fits(line) {
    return length(line) <= this.style.short_items
  }

  running(start, value, indent) {
    const { width } = this.style
    const blocks = paragraphs(value)
    if (blocks.length === 1 && length(start) + length(blocks[0]) + 3 <= width) {
      this.lines.push(`${start} ${this.scalar(blocks[0], false)}`.trimEnd())
      return
    }
    this.lines.push(`${start} |-`)
    blocks.forEach((block, number) => {
      if (number) this.lines.push("")
      this.lines.push(...wrapped(block, width - indent.length - 2).map((line) => `${indent}  ${line}`))
    })
  }
}

const quoted = (text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`

const ordered = (value, rules) => {
  const known = Object.keys(rules?.properties ?? {})
  const names = [...known.filter((name) => name in value), ...Object.keys(value).filter((name) => !known.includes(name))]
  return names.map((name) => [name, value[name]])
}

const isPart = (schema, root) => {
  const rules = resolve(schema?.items ?? schema, root)
  return rules.properties ? rules : null
}

const wrapped = (block, width) => {
  const lines = []
  for (const word of block.split(" ")) {
    const last = lines.at(-1)
    if (last !== undefined && length(last) + 1 + length(word) <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
