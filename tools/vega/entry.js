// What the pages need of Vega, and no more: no maps, no forces, no trees, no loader of words.
import { extend } from "vega-util";
import { transforms } from "vega-dataflow";
import * as basic from "vega-transforms";
import * as view from "vega-view-transforms";
import * as encode from "vega-encode";

extend(transforms, basic, view, encode);
export { View } from "vega-view";
export { parse } from "vega-parser";
export { compile } from "vega-lite";
export { expressionInterpreter } from "vega-interpreter";
