//! MD5 digests of array data.

use md5::{Digest, Md5};

use crate::{Element, NPY};

impl<T: Element> NPY<T> {
    /// MD5 of the values' bytes, 32 hexadecimal digits; shape and type do not enter.
    #[doc(alias = "getDigestString")]
    pub fn digest(&self) -> String {
        hex(&Md5::digest(self.bytes()))
    }

    /// MD5 of the bytes of one item; `None` beyond the last.
    #[doc(alias = "getItemDigestString")]
    pub fn item_digest(&self, index: u64) -> Option<String> {
        self.item(index).map(|item| hex(&Md5::digest(bytemuck::cast_slice::<T, u8>(item))))
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use crate::NPY;

    #[test]
    fn digests_are_md5_of_the_bytes() {
        // RFC 1321: the digests of "" and of "abc".
        assert_eq!(NPY::<u8>::make(&[0]).unwrap().digest(), "d41d8cd98f00b204e9800998ecf8427e");
        let letters = NPY::from_vec(b"abcxyz".to_vec(), &[2, 3]).unwrap();
        assert_eq!(letters.item_digest(0).unwrap(), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(letters.item_digest(2), None);
    }
}
