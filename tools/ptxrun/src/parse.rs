//! Recursive-descent parser from tokens to the syntax tree.

use crate::ast::*;
use crate::error::{PResult, perr};
use crate::lex::{Tok, Token, lex};
use crate::types::Ty;

struct Parser<'a> {
    toks: Vec<Token<'a>>,
    pos: usize,
}

/// Parses PTX text.
pub(crate) fn parse(text: &str) -> PResult<ModuleAst<'_>> {
    let mut p = Parser { toks: lex(text)?, pos: 0 };
    let mut m = ModuleAst::default();
    while p.peek() != Tok::Eof {
        p.top_level(&mut m)?;
    }
    Ok(m)
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Tok<'a> {
        self.toks[self.pos].tok
    }

    fn peek2(&self) -> Tok<'a> {
        self.toks[(self.pos + 1).min(self.toks.len() - 1)].tok
    }

    fn line(&self) -> u32 {
        self.toks[self.pos].line
    }

    fn next(&mut self) -> Tok<'a> {
        let t = self.peek();
        if self.pos + 1 < self.toks.len() {
            self.pos += 1;
        }
        t
    }

    fn eat(&mut self, c: char) -> bool {
        let hit = self.peek() == Tok::Punct(c);
        if hit {
            self.next();
        }
        hit
    }

    fn expect(&mut self, c: char) -> PResult<()> {
        if self.eat(c) {
            return Ok(());
        }
        perr(self.line(), format!("expected '{c}', found {:?}", self.peek()))
    }

    fn word(&mut self) -> PResult<&'a str> {
        match self.next() {
            Tok::Word(w) => Ok(w),
            t => perr(self.line(), format!("expected a name, found {t:?}")),
        }
    }

    fn uint(&mut self) -> PResult<u64> {
        match self.next() {
            Tok::Int(v) => Ok(v),
            t => perr(self.line(), format!("expected an integer, found {t:?}")),
        }
    }

    /// Skips to the end of the current line (debug directives have no terminator).
    fn skip_line(&mut self) {
        let line = self.line();
        while self.line() == line && self.peek() != Tok::Eof {
            self.next();
        }
    }

    /// Skips a balanced `{ ... }` group.
    fn skip_braces(&mut self) -> PResult<()> {
        self.expect('{')?;
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Tok::Punct('{') => depth += 1,
                Tok::Punct('}') => depth -= 1,
                Tok::Eof => return perr(self.line(), "unbalanced braces"),
                _ => {}
            }
        }
        Ok(())
    }

    fn top_level(&mut self, m: &mut ModuleAst<'a>) -> PResult<()> {
        let line = self.line();
        let mut is_extern = false;
        loop {
            match self.peek() {
                Tok::Dot("version") => {
                    self.next();
                    m.version = match self.next() {
                        Tok::F64(v) => format!("{:?}", f64::from_bits(v)),
                        t => return perr(line, format!("bad .version {t:?}")),
                    };
                }
                Tok::Dot("target") => {
                    self.next();
                    m.target = self.word()?.to_string();
                    while self.eat(',') {
                        self.word()?;
                    }
                }
                Tok::Dot("address_size") => {
                    self.next();
                    if self.uint()? != 64 {
                        return perr(line, "only .address_size 64 is supported");
                    }
                }
                Tok::Dot("file" | "loc") => self.skip_line(),
                Tok::Dot("section") => {
                    self.next();
                    self.next();
                    self.skip_braces()?;
                }
                Tok::Dot("extern") => {
                    self.next();
                    is_extern = true;
                    continue;
                }
                Tok::Dot("visible" | "weak" | "common") => {
                    self.next();
                    continue;
                }
                Tok::Dot("entry" | "func") => {
                    let f = self.function()?;
                    m.functions.push(f);
                }
                Tok::Dot("global" | "const" | "shared" | "tex") => {
                    for mut v in self.variables()? {
                        v.is_extern = is_extern;
                        m.vars.push(v);
                    }
                }
                Tok::Punct(';') => {
                    self.next();
                }
                // Labels of the debug sections.
                Tok::Word(_) if self.peek2() == Tok::Punct(':') => {
                    self.next();
                    self.next();
                }
                t => return perr(line, format!("unsupported top-level construct {t:?}")),
            }
            return Ok(());
        }
    }

    /// `.space {.align N} {.vN} .type name {...}, name...;`
    fn variables(&mut self) -> PResult<Vec<Var<'a>>> {
        let proto = self.var_head()?;
        let mut out = Vec::new();
        loop {
            let mut v = proto.clone();
            self.declarator(&mut v)?;
            out.push(v);
            if !self.eat(',') {
                break;
            }
        }
        self.expect(';')?;
        Ok(out)
    }

    fn var_head(&mut self) -> PResult<Var<'a>> {
        let line = self.line();
        let mut v = Var {
            name: "",
            space: Space::Reg,
            ty: Ty::B8,
            lanes: 1,
            align: 0,
            count: 1,
            range: None,
            init: vec![],
            is_extern: false,
            line,
        };
        let mut seen_type = false;
        while let Tok::Dot(d) = self.peek() {
            self.next();
            match d {
                "reg" => v.space = Space::Reg,
                "global" => v.space = Space::Global,
                "const" => v.space = Space::Const,
                "shared" => v.space = Space::Shared,
                "local" => v.space = Space::Local,
                "param" => v.space = Space::Param,
                "align" => v.align = self.uint()? as u32,
                "v2" => v.lanes = 2,
                "v4" => v.lanes = 4,
                // `.ptr .global .align 4` of kernel parameters: about the pointee.
                "ptr" => {
                    while let Tok::Dot(d) = self.peek() {
                        self.next();
                        if d == "align" {
                            self.uint()?;
                        }
                    }
                }
                "attribute" => {
                    while !self.eat(')') {
                        self.next();
                    }
                }
                _ => match Ty::parse(d) {
                    Some(t) => {
                        v.ty = t;
                        seen_type = true;
                    }
                    None => return perr(line, format!("unknown declaration word .{d}")),
                },
            }
        }
        if !seen_type {
            return perr(line, "declaration without a type");
        }
        Ok(v)
    }

    fn declarator(&mut self, v: &mut Var<'a>) -> PResult<()> {
        v.line = self.line();
        v.name = self.word()?;
        if self.eat('<') {
            v.range = Some(self.uint()? as u32);
            self.expect('>')?;
        }
        while self.eat('[') {
            let n = if self.peek() == Tok::Punct(']') { 0 } else { self.uint()? };
            self.expect(']')?;
            v.count = v.count.saturating_mul(n);
        }
        if self.eat('=') {
            self.initialiser(&mut v.init)?;
            if v.count == 0 {
                v.count = v.init.len() as u64;
            }
        }
        Ok(())
    }

    fn initialiser(&mut self, out: &mut Vec<Init<'a>>) -> PResult<()> {
        if self.eat('{') {
            while !self.eat('}') {
                self.initialiser(out)?;
                self.eat(',');
            }
            return Ok(());
        }
        let line = self.line();
        let neg = self.eat('-');
        let item = match self.next() {
            Tok::Int(v) if self.peek() == Tok::Punct('(') => {
                self.next();
                let (name, off) = self.address_expr()?;
                self.expect(')')?;
                Init::Addr { name, off, mask: v }
            }
            Tok::Int(v) => Init::Int(if neg { v.wrapping_neg() } else { v }),
            Tok::F32(v) => Init::F32(if neg { v ^ 1 << 31 } else { v }),
            Tok::F64(v) => Init::F64(if neg { v ^ 1 << 63 } else { v }),
            Tok::Word(_) => {
                self.pos -= 1;
                let (name, off) = self.address_expr()?;
                Init::Addr { name, off, mask: 0 }
            }
            t => return perr(line, format!("unsupported initialiser {t:?}")),
        };
        out.push(item);
        Ok(())
    }

    /// `name`, `name+4`, `generic(name)+4`.
    fn address_expr(&mut self) -> PResult<(&'a str, i64)> {
        let mut name = self.word()?;
        if name == "generic" && self.eat('(') {
            name = self.word()?;
            let inner = self.offset()?;
            self.expect(')')?;
            return Ok((name, inner + self.offset()?));
        }
        Ok((name, self.offset()?))
    }

    /// Any run of `+N`, `-N`, `+-N`.
    fn offset(&mut self) -> PResult<i64> {
        let mut total = 0i64;
        loop {
            let mut neg = match self.peek() {
                Tok::Punct('+') => false,
                Tok::Punct('-') => true,
                _ => return Ok(total),
            };
            self.next();
            while self.eat('-') {
                neg = !neg;
            }
            let v = self.uint()? as i64;
            total = total.wrapping_add(if neg { v.wrapping_neg() } else { v });
        }
    }

    fn function(&mut self) -> PResult<Function<'a>> {
        let line = self.line();
        let is_entry = self.next() == Tok::Dot("entry");
        let rets = if self.peek() == Tok::Punct('(') { self.formals()? } else { vec![] };
        let name = self.word()?;
        let params = if self.peek() == Tok::Punct('(') { self.formals()? } else { vec![] };
        let mut max_threads = None;
        loop {
            match self.peek() {
                Tok::Dot("maxntid" | "reqntid") => {
                    self.next();
                    let mut n = self.uint()?;
                    while self.eat(',') {
                        n *= self.uint()?;
                    }
                    max_threads = Some(n);
                }
                Tok::Dot("minnctapersm" | "maxnctapersm" | "maxnreg") => {
                    self.next();
                    self.uint()?;
                }
                Tok::Dot("noreturn") => {
                    self.next();
                }
                Tok::Dot("pragma") => {
                    self.next();
                    self.next();
                    self.expect(';')?;
                }
                _ => break,
            }
        }
        let body = if self.eat(';') { None } else { Some(self.body()?) };
        Ok(Function { name, is_entry, rets, params, body, max_threads, line })
    }

    fn formals(&mut self) -> PResult<Vec<Var<'a>>> {
        self.expect('(')?;
        let mut out = Vec::new();
        while !self.eat(')') {
            let mut v = self.var_head()?;
            self.declarator(&mut v)?;
            if v.space != Space::Param {
                return perr(v.line, "only .param parameters are supported");
            }
            out.push(v);
            self.eat(',');
        }
        Ok(out)
    }

    fn body(&mut self) -> PResult<Vec<Stmt<'a>>> {
        self.expect('{')?;
        let mut out = Vec::new();
        let mut depth = 1;
        loop {
            let line = self.line();
            match self.peek() {
                Tok::Punct('{') => {
                    self.next();
                    depth += 1;
                    out.push(Stmt::Open);
                }
                Tok::Punct('}') => {
                    self.next();
                    depth -= 1;
                    if depth == 0 {
                        return Ok(out);
                    }
                    out.push(Stmt::Close);
                }
                Tok::Punct(';') => {
                    self.next();
                }
                Tok::Dot("loc" | "file") => self.skip_line(),
                Tok::Dot("pragma") => {
                    self.next();
                    self.next();
                    self.expect(';')?;
                }
                Tok::Dot("section") => {
                    self.next();
                    self.next();
                    self.skip_braces()?;
                }
                Tok::Dot(_) => out.extend(self.variables()?.into_iter().map(Stmt::Var)),
                Tok::Word(w) if self.peek2() == Tok::Punct(':') => {
                    self.next();
                    self.next();
                    self.after_label(w, line, &mut out)?;
                }
                Tok::Word(_) | Tok::Punct('@') => out.push(Stmt::Instr(self.instr()?)),
                t => return perr(line, format!("unexpected {t:?}")),
            }
        }
    }

    fn after_label(&mut self, label: &'a str, line: u32, out: &mut Vec<Stmt<'a>>) -> PResult<()> {
        match self.peek() {
            Tok::Dot("branchtargets") => {
                self.next();
                let mut targets = vec![self.word()?];
                while self.eat(',') {
                    targets.push(self.word()?);
                }
                self.expect(';')?;
                out.push(Stmt::Targets(label, targets));
            }
            // The layout of an indirect call follows from the callee's own parameters.
            Tok::Dot("callprototype") => while self.next() != Tok::Punct(';') {},
            _ => out.push(Stmt::Label(label, line)),
        }
        Ok(())
    }

    fn instr(&mut self) -> PResult<Instr<'a>> {
        let line = self.line();
        let guard = if self.eat('@') {
            let neg = self.eat('!');
            Some((neg, self.word()?))
        } else {
            None
        };
        let op = self.word()?;
        let mut mods = Vec::new();
        while let Tok::Dot(d) = self.peek() {
            self.next();
            mods.push(d);
        }
        let mut args = Vec::new();
        while !self.eat(';') {
            args.push(self.arg()?);
            if !self.eat(',') && self.peek() != Tok::Punct(';') {
                return perr(self.line(), format!("expected ',' or ';', found {:?}", self.peek()));
            }
        }
        Ok(Instr { guard, op, mods, args, line })
    }

    fn arg(&mut self) -> PResult<Arg<'a>> {
        let first = self.arg_simple()?;
        if self.eat('|') {
            return Ok(Arg::Pair(Box::new(first), Box::new(self.arg_simple()?)));
        }
        Ok(first)
    }

    fn arg_simple(&mut self) -> PResult<Arg<'a>> {
        let line = self.line();
        Ok(match self.next() {
            Tok::Word(w) => match self.peek() {
                Tok::Dot(c) => {
                    self.next();
                    Arg::Component(w, c)
                }
                Tok::Punct('+' | '-') => Arg::SymOff(w, self.offset()?),
                _ => Arg::Name(w),
            },
            Tok::Int(v) => Arg::Int(v),
            Tok::F32(v) => Arg::F32(v),
            Tok::F64(v) => Arg::F64(v),
            Tok::Punct('-') => match self.next() {
                Tok::Int(v) => Arg::Int(v.wrapping_neg()),
                Tok::F32(v) => Arg::F32(v ^ 1 << 31),
                Tok::F64(v) => Arg::F64(v ^ 1 << 63),
                t => return perr(line, format!("unexpected {t:?} after '-'")),
            },
            Tok::Punct('!') => Arg::Not(self.word()?),
            Tok::Punct('{') => Arg::Vector(self.arg_list('}')?),
            Tok::Punct('(') => Arg::List(self.arg_list(')')?),
            Tok::Punct('[') => {
                let mem = match self.peek() {
                    Tok::Word(w) => {
                        self.next();
                        Arg::Mem(Some(w), self.offset()?)
                    }
                    Tok::Int(v) => {
                        self.next();
                        Arg::Mem(None, (v as i64).wrapping_add(self.offset()?))
                    }
                    t => return perr(line, format!("unsupported address {t:?}")),
                };
                self.expect(']')?;
                mem
            }
            t => return perr(line, format!("unexpected operand {t:?}")),
        })
    }

    fn arg_list(&mut self, close: char) -> PResult<Vec<Arg<'a>>> {
        let mut out = Vec::new();
        while !self.eat(close) {
            out.push(self.arg_simple()?);
            if !self.eat(',') && self.peek() != Tok::Punct(close) {
                return perr(self.line(), format!("expected ',' or '{close}'"));
            }
        }
        Ok(out)
    }
}
