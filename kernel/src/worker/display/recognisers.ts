/** Objects that can show themselves, and objects that are known by what they have. */
import { asCanvas, asPixels } from './canvas.ts';
import { asElement, asPlot } from './element.ts';
import { byBundleMethod, byConversion, byDisplayMethods } from './methods.ts';
import { type Recogniser, type Shown, tried } from './shown.ts';
import { tableData, tableOf, tableOfFrame } from './tables/index.ts';
import { asVega, asVegaChart } from './vega.ts';

/** In order of preference: the first that recognises an object shows it. */
export const RECOGNISERS: readonly Recogniser[] = [
  asTable,
  asVega,
  byBundleMethod,
  byDisplayMethods,
  asPlot,
  asCanvas,
  asPixels,
  asElement,
  asVegaChart,
  asFrame,
  byConversion,
];

function asTable(value: object): Shown {
  const table = tableOf(value);
  return table && tableData(table);
}

function asFrame(value: object): Shown {
  return tried(() => {
    const table = tableOfFrame(value);
    return table && tableData(table);
  });
}
