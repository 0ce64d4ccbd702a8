// Text as Japanese Windows writes it (code page 932). Node.js can only read it.

let bytesOf;  // character -> bytes

function table() {
  const found = new Map();
  const decoder = new TextDecoder("shift_jis", { fatal: true });
  const add = (...bytes) => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      if ([...text].length === 1 && !found.has(text)) found.set(text, bytes);
    } catch {
      // no character has these bytes
    }
  };
  for (let first = 0; first < 0x100; ++first) {
    add(first);
    for (let second = 0x40; first >= 0x81 && second < 0xfd; ++second) add(first, second);
  }
  return found;
}

// Throws when a character has no place in the code page.
export function encodeCp932(text) {
  bytesOf ??= table();
  return Buffer.from([...text].flatMap((character) => {
    const bytes = bytesOf.get(character);
    if (!bytes) throw new Error(`not in code page 932: ${character}`);
    return bytes;
  }));
}
