// A made-up table as a town would publish it: facilities of 見本 with a title line, numbers with
// commas, dates, coordinates, and kinds to choose from.
import { encodeCp932 } from "./cp932.mjs";

export const kKinds = ["公民館", "図書館", "公園", "体育館"];
export const kColumns = ["番号", "名称", "種別", "所在地", "緯度", "経度", "開設日", "収容人数", "備考"];
const kRows = 120;

// Row `i`, 1 and up. What is at a place never changes.
function facility(i) {
  const kind = kKinds[i % kKinds.length];
  const day = new Date(Date.UTC(1980 + (i % 40), i % 12, 1 + (i % 28)));
  return {
    番号: i,
    名称: `見本${i}号${kind}`,
    種別: kind,
    所在地: `神奈川県三浦郡葉山町見本${1 + (i % 9)}丁目${i}番地`,
    緯度: (35.262 + (i % 12) * 0.002).toFixed(6),
    経度: (139.572 + (i % 10) * 0.002).toFixed(6),
    開設日: `${day.getUTCFullYear()}/${day.getUTCMonth() + 1}/${day.getUTCDate()}`,
    収容人数: (i * 37) % 1900 + 20,
    備考: i % 5 === 0 ? "車いすで利用できます①" : "",
  };
}

export function facilities(count = kRows) {
  return Array.from({ length: count }, (_, index) => facility(index + 1));
}

function field(value) {
  const text = typeof value === "number" && value > 999 ? value.toLocaleString("en") : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// The file: CP932, CR LF.
export function facilitiesCsv(count = kRows) {
  const lines = facilities(count).map((row) => kColumns.map((column) => field(row[column])).join(","));
  return encodeCp932([kColumns.join(","), ...lines, ""].join("\r\n"));
}
