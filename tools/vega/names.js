// What Vega-Lite takes from "vega".
export { hasOwnProperty, isObject, isString, stringValue } from "vega-util";
