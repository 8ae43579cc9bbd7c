//! Pages of HTML: one file each, with the pictures inside, readable on a screen and on paper.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// A picture: its title, and the bytes of a PNG file.
pub type Picture = (String, Vec<u8>);

/// The style of every page.
const STYLE: &str = include_str!("style.css");

/// A whole page around `body`.
pub(crate) fn document(title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (title) }
                (body)
                footer { "g4opticks " (env!("CARGO_PKG_VERSION")) }
            }
        }
    };
    page.into_string()
}

/// The pictures with their titles below each other; nothing without any.
pub(crate) fn pictures(pictures: &[Picture]) -> Markup {
    html! {
        @for (title, png) in pictures {
            figure {
                img alt=(title) src=(format!("data:image/png;base64,{}", STANDARD.encode(png)));
                figcaption { (title) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_and_pictures_are_inside() {
        let body =
            html! { p { "<script>alert('x')</script>" } (pictures(&[("a & b".to_owned(), vec![1, 2, 3])])) };
        let page = document("x < y", &body);
        assert!(!page.contains("<script>") && page.contains("&lt;script&gt;"), "{page}");
        assert!(page.contains("<title>x &lt; y</title>") && page.contains("a &amp; b"), "{page}");
        assert!(page.contains("data:image/png;base64,AQID"), "{page}");
        assert!(!page.contains("http"), "nothing is loaded from elsewhere");
    }
}
