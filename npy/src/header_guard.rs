//! What a header text must satisfy before it is handed to the general parser.
//!
//! The header of an .npy file is a Python literal. A general parser recurses into it and multiplies its
//! dimensions; hostile text could exhaust the stack, take exponential time or overflow. Real headers are simple.

/// Deepest nesting of brackets: a structured type within a structured type within the dictionary.
const MAX_DEPTH: usize = 6;

/// Checks the text of a header; says what is wrong with it.
pub(crate) fn check_header_text(text: &[u8]) -> Result<(), &'static str> {
    if [&b"'''"[..], b"\"\"\""].iter().any(|quotes| text.windows(3).any(|window| window == *quotes)) {
        return Err("its header has a triple-quoted string");
    }
    let mut scan = Scan { product: 1, depth: 0, previous: b' ' };
    let mut bytes = text.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte == b'\'' || byte == b'"' {
            skip_string(&mut bytes, byte)?;
            scan.previous = byte;
        } else {
            scan.visit(byte, &mut bytes.clone())?;
        }
    }
    Ok(())
}

/// State between the bytes outside strings.
struct Scan {
    product: u64,
    depth: usize,
    previous: u8,
}

impl Scan {
    fn visit(&mut self, byte: u8, rest: &mut impl Iterator<Item = u8>) -> Result<(), &'static str> {
        let previous = std::mem::replace(&mut self.previous, byte);
        match byte {
            b'(' | b'[' | b'{' => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err("its header is nested too deeply");
                }
            }
            b')' | b']' | b'}' => self.depth = self.depth.saturating_sub(1),
            b'0'..=b'9' if !previous.is_ascii_alphanumeric() && previous != b'_' => {
                let dim = number(byte, rest)?;
                self.product = self.product.checked_mul(dim.max(1)).ok_or("its shape overflows 64 bits")?;
            }
            b'0'..=b'9' | b'_' | b' ' | b'\n' | b',' | b':' => {}
            b'A'..=b'Z' | b'a'..=b'z' if !previous.is_ascii_digit() => {}
            _ => return Err("its header has something else than strings, decimal numbers and brackets"),
        }
        Ok(())
    }
}

/// The decimal number that starts with `first` and goes on in `rest`.
fn number(first: u8, rest: &mut impl Iterator<Item = u8>) -> Result<u64, &'static str> {
    let mut value = u64::from(first - b'0');
    for byte in rest.take_while(|byte| byte.is_ascii_digit() || *byte == b'_').filter(|byte| *byte != b'_') {
        let digit = u64::from(byte - b'0');
        let next = value.checked_mul(10).and_then(|value| value.checked_add(digit));
        value = next.ok_or("its shape overflows 64 bits")?;
    }
    Ok(value)
}

/// Moves behind the closing quote of a string.
fn skip_string(bytes: &mut impl Iterator<Item = u8>, quote: u8) -> Result<(), &'static str> {
    while let Some(byte) = bytes.next() {
        if byte == quote {
            return Ok(());
        }
        if byte == b'\\' {
            bytes.next();
        }
    }
    Err("its header has an unfinished string")
}

#[cfg(test)]
mod tests {
    use super::check_header_text;

    #[test]
    fn real_headers_pass() {
        for text in [
            "{'descr': '<f4', 'fortran_order': False, 'shape': (10, 6, 4), }            \n",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 6, 4), }\n",
            "{'descr': [('x', '<f4', (2,)), ('it\\'s', [('y', '|S7')])], 'fortran_order': True, 'shape': (3,)}\n",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 6, 4), }",
        ] {
            check_header_text(text.as_bytes()).unwrap();
        }
    }

    #[test]
    fn hostile_headers_do_not() {
        for text in [
            "[[[[[[[[[[".to_owned(),
            "('])])])])', (((((((".to_owned(),
            "{'shape': (4294967296, 4294967296, 1)}".to_owned(),
            "{'shape': (0, 4294967296, 4294967296)}".to_owned(),
            "{'shape': (99999999999999999999999,)}".to_owned(),
            "{'shape': (0xffffffff, 0xffffffffff)}".to_owned(),
            "{'shape': (1e30,)}".to_owned(),
            "{'shape': (-1, 4)}".to_owned(),
            "{'descr".to_owned(),
            "'''a'''".to_owned(),
        ] {
            assert!(check_header_text(text.as_bytes()).is_err(), "{text}");
        }
    }
}
