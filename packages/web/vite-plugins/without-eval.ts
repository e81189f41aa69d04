/**
 * What Emscripten's binding code makes out of text (`new Function`), written out instead.
 * Our pages and workers may not make code from text, and that rule is not loosened for a guide.
 * After Emscripten's own build option DYNAMIC_EXECUTION=0 (MIT), which MediaPipe was not built with.
 */
const REPLACEMENTS: Record<string, string> = {
  createNamedFunction: `function createNamedFunction(name, body) {
    name = makeLegalFunctionName(name)
    return { [name]: function () { 'use strict'; return body.apply(this, arguments) } }[name]
  }`,
  craftInvokerFunction: `function craftInvokerFunction(humanName, argTypes, classType, cppInvokerFunc, cppTargetFunc) {
    var argCount = argTypes.length
    if (argCount < 2) throwBindingError("argTypes array size mismatch! Must at least get return value and 'this' types!")
    var isClassMethodFunc = argTypes[1] !== null && classType !== null
    var needsDestructorStack = argTypes.slice(1).some(function (type) {
      return type !== null && type.destructorFunction === undefined
    })
    var returns = argTypes[0].name !== 'void'
    return function () {
      if (arguments.length !== argCount - 2)
        throwBindingError('function ' + humanName + ' called with ' + arguments.length + ' arguments, expected ' + (argCount - 2) + ' args!')
      var destructors = needsDestructorStack ? [] : null
      var wired = [cppTargetFunc]
      if (isClassMethodFunc) wired.push(argTypes[1].toWireType(destructors, this))
      for (var i = 2; i < argCount; i++) wired.push(argTypes[i].toWireType(destructors, arguments[i - 2]))
      var rv = cppInvokerFunc.apply(null, wired)
      if (needsDestructorStack) runDestructors(destructors)
      else
        for (var j = isClassMethodFunc ? 1 : 2; j < argCount; j++)
          if (argTypes[j].destructorFunction !== null) argTypes[j].destructorFunction(wired[isClassMethodFunc ? j : j - 1])
      if (returns) return argTypes[0].fromWireType(rv)
    }
  }`,
  __emval_get_method_caller: `function __emval_get_method_caller(argCount, argTypes) {
    var types = __emval_lookupTypes(argCount, argTypes)
    var retType = types[0]
    return __emval_addMethodCaller(function (handle, name, destructors, args) {
      var offset = 0
      var read = []
      for (var i = 1; i < argCount; i++) {
        read.push(types[i].readValueFromPointer(args + offset))
        offset += types[i].argPackAdvance
      }
      var rv = handle[name].apply(handle, read)
      for (var j = 1; j < argCount; j++) if (types[j].deleteObject) types[j].deleteObject(read[j - 1])
      if (!retType.isVoid) return retType.toWireType(destructors, rv)
    })
  }`,
}

/** @throws Error when a function to replace is not there: another version of the package needs another look */
export function withoutEval(code: string): string {
  return Object.entries(REPLACEMENTS).reduce((text, [name, replacement]) => {
    const start = text.indexOf(`function ${name}(`)
    if (start < 0) throw new Error(`${name} is not in this Emscripten code`)
    return text.slice(0, start) + replacement + text.slice(endOfFunction(text, start))
  }, code)
}

/** Where the function that starts at `start` ends; braces inside its strings are skipped. */
function endOfFunction(text: string, start: number): number {
  let depth = 0
  let quote = ''
  for (let i = text.indexOf('{', start); i < text.length; i++) {
    const letter = text.charAt(i)
    if (quote !== '') {
      if (letter === '\\') i++
      else if (letter === quote) quote = ''
    } else if (letter === '"' || letter === "'" || letter === '`') quote = letter
    else if (letter === '{') depth++
    else if (letter === '}' && --depth === 0) return i + 1
  }
  throw new Error('a function in this Emscripten code does not end')
}
