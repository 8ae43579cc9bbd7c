//! The text of PTX: what must not be in it, and what depends on the machine that made it.

/// Words that stand for another result on a GPU than on a CPU, and why.
const FORBIDDEN: [(&str, &str); 5] = [
    ("fma.", "is a fused operation"),
    (".approx", "is an approximation"),
    (".full", "is an approximation"),
    (".ftz", "flushes small numbers to zero"),
    (".extern", "calls what no driver has"),
];

/// What is wrong with a text: operations whose result depends on the processor, rounding left to the assembler,
/// functions from outside, paths of a machine. Empty for a sound text.
pub fn problems(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
        let forbidden = FORBIDDEN.iter().find(|(word, _)| line.contains(word)).map(|(_, why)| *why);
        let why = forbidden.or(leaves_rounding_open(line).then_some("leaves the rounding open"));
        let why = why.or(line.contains(concat!("/ho", "me/")).then_some("names a folder of a machine"));
        found.extend(why.map(|why| format!("line {}: `{}` {why}", i + 1, line.trim())));
    }
    found
}

/// `add.f32` and the like, which the assembler may fuse; `add.rn.f32` is what it says.
fn leaves_rounding_open(line: &str) -> bool {
    let open = ["add.f", "sub.f", "mul.f", "mad.f", "div.f", "sqrt.f", "rcp.f"];
    line.split_whitespace().any(|word| open.iter().any(|operation| word.starts_with(operation)))
}

/// The text as every machine would make it: the compiler's names hold hashes of folders (in symbols of crates,
/// `Cs...._`, and of constants, `anon_$_...`), which are taken out.
pub fn tidy(text: &str) -> String {
    let without_crates = replace_hashes(text, "Cs", |rest| {
        let hash = rest.find(|c: char| !c.is_ascii_alphanumeric())?;
        (hash >= 8 && rest[hash..].starts_with('_')).then_some((hash + 1, "C"))
    });
    replace_hashes(&without_crates, "anon_$_", |rest| {
        let hash = rest.find(|c: char| !c.is_ascii_hexdigit())?;
        (hash == 32).then_some((hash, "anon_$_"))
    })
}

/// The text with a bound on the registers of its kernels, which the compiler of Rust has no word for.
pub fn with_registers(text: &str, registers: Option<u32>) -> String {
    let Some(registers) = registers else { return text.to_owned() };
    let mut bounded = String::with_capacity(text.len() + 64);
    let mut in_head = false;
    for line in text.lines() {
        in_head |= line.contains(".entry ");
        if in_head && line.trim() == "{" {
            bounded += &format!(".maxnreg {registers}\n");
            in_head = false;
        }
        bounded += line;
        bounded.push('\n');
    }
    bounded
}

/// Replaces what `hash` finds after `start`: it answers how much of what follows goes, and what comes in its place.
fn replace_hashes(text: &str, start: &str, hash: impl Fn(&str) -> Option<(usize, &'static str)>) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(start) {
        let after = &rest[at + start.len()..];
        tidy.push_str(&rest[..at]);
        match hash(after) {
            Some((length, instead)) => {
                tidy.push_str(instead);
                rest = &after[length..];
            }
            None => {
                tidy.push_str(start);
                rest = after;
            }
        }
    }
    tidy.push_str(rest);
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_depends_on_the_processor_is_named() {
        let sound = "add.rn.f32 %f1, %f2, %f3;\n// fma.rn\nsqrt.rn.f32 %f1, %f2;\nadd.s32 %r1, %r2, 1;\n";
        assert!(problems(sound).is_empty());
        for bad in [
            "fma.rn.f32 %f1, %f2, %f3, %f4;",
            "sqrt.approx.f32 %f1, %f2;",
            "add.f32 %f1, %f2, %f3;",
            "mul.rn.ftz.f32 %f1, %f2, %f3;",
            ".extern .func (.param .b32 r) memcmp",
        ] {
            assert_eq!(problems(bad).len(), 1, "{bad}");
        }
    }

    #[test]
    fn kernels_alone_get_a_bound_of_registers() {
        let text = ".func f(\n)\n{\n}\n.visible .entry k(\n  .param .u64 p\n)\n{\n  ret;\n}\n";
        assert_eq!(with_registers(text, None), text);
        assert_eq!(with_registers(text, Some(128)), text.replace("p\n)\n{", "p\n)\n.maxnreg 128\n{"));
    }

    #[test]
    fn hashes_of_folders_are_taken_out() {
        let text =
            "call _RNvNtCsfhCNcHVhpzF_6device5trace, anon_$_9a61687254765d368f039ab2cfbc7c51_$_0; Cs1_x";
        assert_eq!(tidy(text), "call _RNvNtC6device5trace, anon_$__$_0; Cs1_x");
    }
}
