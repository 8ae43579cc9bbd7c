//! Small GDML files for tests.

/// The sections of a GDML file; a test replaces what it is about.
pub(super) struct Text {
    pub(super) define: &'static str,
    pub(super) materials: &'static str,
    pub(super) solids: &'static str,
    pub(super) structure: &'static str,
}

impl Default for Text {
    /// A world of 1 m that contains one box of 10 cm.
    fn default() -> Self {
        Self {
            define: "",
            materials: r#"<material name="Stuff" Z="14"><D value="2.33"/><atom value="28.09"/></material>"#,
            solids: r#"<box name="big" x="1000" y="1000" z="1000"/><box name="small" x="10" y="10" z="10" lunit="cm"/>"#,
            structure: r#"
                <volume name="Inner"><materialref ref="Stuff"/><solidref ref="small"/></volume>
                <volume name="World"><materialref ref="Stuff"/><solidref ref="big"/>
                  <physvol name="inner"><volumeref ref="Inner"/></physvol>
                </volume>"#,
        }
    }
}

impl Text {
    /// The whole file.
    pub(super) fn gdml(&self) -> String {
        let Self { define, materials, solids, structure } = self;
        format!(
            "<?xml version=\"1.0\"?>\n<gdml>\n<define>{define}</define>\n<materials>{materials}</materials>\n\
             <solids>{solids}</solids>\n<structure>{structure}</structure>\n\
             <setup name=\"Default\" version=\"1.0\"><world ref=\"World\"/></setup>\n</gdml>\n"
        )
    }
}
