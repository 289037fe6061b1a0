// Reading the JSON Schema of a paper file.

// The schema of a field with what it refers to.
export const resolve = (schema, root) => {
  if (!schema?.$ref) return schema ?? {}
  const { $ref, ...own } = schema
  return { ...root.$defs[$ref.split("/").pop()], ...own }
}

// The schema of a field by its path: ["venue", "name"].
export const propertyAt = (path, root) =>
  path.slice(1).reduce((rules, name) => resolve(rules, root).properties[name], root.properties[path[0]])

export const valueAt = (data, path) =>
  path.reduce((value, part) => (isMapping(value) && Object.hasOwn(value, part) ? value[part] : undefined), data)

// A name, or a list of names.
export const isListOrText = (rules) => Array.isArray(rules.type)

export const isMapping = (value) => typeof value === "object" && value !== null && !Array.isArray(value)
