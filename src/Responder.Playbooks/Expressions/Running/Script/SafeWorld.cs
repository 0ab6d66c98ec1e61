using Jint;
using Jint.Native;

namespace Responder.Playbooks.Expressions;

/// <summary>
/// Makes an engine's world small and hard: what an expression may not use is gone, not hidden; what stays is frozen; functions that could make or search without
/// bound are replaced by guarded ones. There is no way left to change anything, so what one evaluation did cannot be seen by the next.
/// </summary>
internal static class SafeWorld
{
    private static readonly Prepared<Acornima.Ast.Script> Hardening = Engine.PrepareScript(
        """
        (guards, helpers, allowed, methods) => {
          'use strict';
          const { ownKeys, defineProperty } = Reflect;
          const { freeze, create, getPrototypeOf, getOwnPropertyDescriptor } = Object;
          const global = globalThis;

          // Prototypes are reached through values, whatever becomes of the names.
          const prototypes = {
            Object: getPrototypeOf({}), Function: getPrototypeOf(() => 0), Array: getPrototypeOf([]), String: getPrototypeOf(''),
            Number: getPrototypeOf(0), Boolean: getPrototypeOf(true), RegExp: getPrototypeOf(/a/),
            ArrayIterator: getPrototypeOf([].values()), StringIterator: getPrototypeOf(''[Symbol.iterator]()),
            RegExpStringIterator: getPrototypeOf('a'.matchAll(/a/g)), Iterator: getPrototypeOf(getPrototypeOf([].values())),
            Symbol: Symbol.prototype, BigInt: BigInt.prototype, Error: Error.prototype,
          };

          const facade = (name, value) => {
            const source = global[name];
            for (const key of allowed[name] ?? []) {
              defineProperty(value, key, { value: guards[name]?.[key] ?? source[key], enumerable: false, writable: false, configurable: false });
            }
            return value;
          };

          const world = {
            Math: facade('Math', create(null)), JSON: facade('JSON', create(null)), Object: facade('Object', create(null)), Array: facade('Array', create(null)),
            String: facade('String', guards.String.call), Number: facade('Number', guards.Number.call), Boolean: facade('Boolean', guards.Boolean.call),
            parseInt, parseFloat, isNaN, isFinite, ...guards.Uri, ...helpers,
            $sum: guards.Sum.call, $part: guards.Sum.part,
          };

          // Names of prototypes' members that stay; those with a symbol for a name stay where the language itself needs them.
          for (const name of ownKeys(prototypes)) {
            const prototype = prototypes[name];
            const stays = methods[name] ?? [];
            for (const key of ownKeys(prototype)) {
              if (typeof key === 'symbol' ? key === Symbol.toPrimitive || key === Symbol.unscopables || key === Symbol.hasInstance || key === Symbol.toStringTag : !stays.includes(key)) {
                try { delete prototype[key]; } catch { /* the length of Array.prototype */ }
              }
            }
            for (const key of ownKeys(guards[name + '.prototype'] ?? {})) {
              defineProperty(prototype, key, { value: guards[name + '.prototype'][key], enumerable: false, writable: false, configurable: false });
            }
          }

          const seen = new Set();
          for (const key of ownKeys(global)) {
            try { delete global[key]; } catch { /* undefined, NaN, Infinity */ }
          }
          for (const key of ownKeys(world)) {
            defineProperty(global, key, { value: world[key], enumerable: false, writable: false, configurable: false });
          }

          const harden = value => {
            if (((typeof value === 'object' && value !== null) || typeof value === 'function') && !seen.has(value)) {
              seen.add(value);
              for (const key of ownKeys(value)) {
                const { value: inner, get, set } = getOwnPropertyDescriptor(value, key);
                harden(inner);
                harden(get);
                harden(set);
              }
              harden(getPrototypeOf(value));
              freeze(value);
            }
          };
          harden(prototypes);
          harden(global);
        }
        """,
        strict: true);

    private static readonly string[] ArrayMethods =
    [
        "length", "at", "concat", "entries", "every", "filter", "find", "findIndex", "findLast", "findLastIndex", "flatMap", "includes", "indexOf", "keys", "lastIndexOf",
        "map", "reduce", "reduceRight", "slice", "some", "toReversed", "toSorted", "toSpliced", "values", "with",
    ];

    private static readonly string[] StringMethods =
    [
        "length", "at", "charAt", "charCodeAt", "codePointAt", "endsWith", "includes", "indexOf", "isWellFormed", "lastIndexOf", "localeCompare", "normalize", "slice",
        "startsWith", "substr", "substring", "toLowerCase", "toString", "toUpperCase", "toWellFormed", "trim", "trimEnd", "trimStart", "valueOf",
    ];

    private static readonly string[] RegExpMembers =
    [
        "exec", "test", "dotAll", "flags", "global", "hasIndices", "ignoreCase", "multiline", "source", "sticky", "unicode", "unicodeSets",
    ];

    /// <summary>Hardens an engine.</summary>
    /// <param name="engine">The engine, fresh.</param>
    /// <param name="guards">The guarded functions, by owner and name.</param>
    /// <param name="helpers">The helpers.</param>
    public static void Harden(Engine engine, JsObject guards, JsObject helpers)
    {
        var function = engine.Evaluate(Hardening);
        engine.Call(
            function,
            guards,
            helpers,
            Lists(engine, BuiltInMembers.Allowed.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.AsEnumerable()))),
            Lists(engine, new Dictionary<string, IEnumerable<string>>
            {
                ["Array"] = ArrayMethods,
                ["String"] = StringMethods,
                ["RegExp"] = RegExpMembers,
                ["Number"] = ["toExponential", "toFixed", "toPrecision", "toString", "valueOf"],
                ["Boolean"] = ["toString", "valueOf"],
                ["ArrayIterator"] = ["next"],
                ["StringIterator"] = ["next"],
                ["RegExpStringIterator"] = ["next"],
            }));
    }

    private static JsObject Lists(Engine engine, IEnumerable<KeyValuePair<string, IEnumerable<string>>> lists)
    {
        var result = new JsObject(engine);
        foreach (var (name, members) in lists)
        {
            result.Set(name, new JsArray(engine, [.. members.Select(member => (JsValue)new JsString(member))]));
        }

        return result;
    }
}
