// The text of a paper file in the survey's canonical form, the same as `survey fmt` writes.
//
// The order of fields is the schema's; which fields stay without quotes, wrap, or stand on one line, /api/form.json says.

import { resolve } from "./check.js"
import { fold, isMapping, length, paragraphs } from "./text.js"

// What some YAML parser would read as a number, a date, null or true.
const notText = new RegExp("^(?:" + [
  "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n",
  "[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\\.[0-9_]*)?(?:e[-+]?[0-9]+)?" +
    "|\\.[0-9][0-9_]*(?:e[-+]?[0-9]+)?|\\.inf)",
  "\\.nan", "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?", "<<", "=",
].join("|") + ")$", "iu")
const INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
const quoted = (text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`

const scalar = (value, flow) => {
  const text = fold(value)
  const plain = text &&
    !notText.test(text) &&
    !/^[\p{Nd} .,:;-]+$/u.test(text) &&
    !INDICATORS.includes(text[0]) &&
    !text.includes(": ") &&
    !text.includes(" #") &&
    !text.endsWith(":") &&
    !(flow && /[,[\]{}?]|:$/.test(text)) &&
    !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(text)
  return plain ? text : quoted(text)
}

const isPart = (schema, root) => {
  const rules = resolve(schema?.items ?? schema, root)
  return rules.properties ? rules : null
}

export const toYaml = (data, schema, style) => {
  const lines = []

  const ordered = (value, rules) => {
    const known = Object.keys(rules?.properties ?? {})
    const names = [...known.filter((name) => name in value), ...Object.keys(value).filter((name) => !known.includes(name))]
    return names.map((name) => [name, value[name]])
  }

  const typed = (name, value, flow) => {
    if (typeof value === "object") return inFlow(value)
    if (value === true) return "true"
    if (style.unquoted.includes(name) && /^(?:[\d-]+|true)$/.test(String(value))) return String(value)
    return scalar(value, flow)
  }

  const inFlow = (value, rules = null) => {
    if (Array.isArray(value)) return `[${value.map((item) => inFlow(item)).join(", ")}]`
    if (!isMapping(value)) return scalar(value, true)
    return `{${ordered(value, rules).map(([name, inner]) => `${scalar(name, true)}: ${typed(name, inner, true)}`).join(", ")}}`
  }

  const mapping = (value, rules, path, indent) => {
    for (const [name, inner] of ordered(value, rules)) {
      const label = `${scalar(name, false)}:`
      const part = isPart(rules?.properties?.[name], schema)
      if (isMapping(inner) && Object.keys(inner).length) {
        lines.push(indent + label)
        mapping(inner, part, [...path, name], `${indent}  `)
      } else if (Array.isArray(inner) && inner.length && !style.inline.includes(name)) {
        lines.push(indent + label)
        items(inner, part, [...path, name], `${indent}  `, rules?.properties?.[name])
      } else if (style.paragraphs.includes(path[0] ?? name)) {
        running(label, inner, indent)
      } else {
        lines.push(`${indent}${label} ${typed(name, inner, false)}`.trimEnd())
      }
    }
  }

  const items = (list, part, path, indent, rules) => {
    const people = rules?.items?.$ref?.endsWith("/Author")
    list.forEach((item, index) => {
      if (isMapping(item) && Object.keys(item).length && !people) {
        const start = lines.length
        mapping(item, part, [...path, index], `${indent}  `)
        lines[start] = `${indent}- ${lines[start].trimStart()}`
      } else {
        lines.push(`${indent}- ${typeof item === "object" ? inFlow(item, part) : scalar(item, false)}`)
      }
    })
  }

  const running = (label, value, indent) => {
    const blocks = paragraphs(value)
    if (blocks.length === 1 && length(indent + label) + length(blocks[0]) + 3 <= style.width) {
      lines.push(`${indent}${label} ${scalar(blocks[0], false)}`.trimEnd())
      return
    }
    lines.push(`${indent}${label} |-`)
    blocks.forEach((block, number) => {
      if (number) lines.push("")
      lines.push(...wrapped(block, style.width - indent.length - 2).map((line) => `${indent}  ${line}`))
    })
  }

  mapping(data, schema, [], "")
  return `${lines.join("\n")}\n`
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
