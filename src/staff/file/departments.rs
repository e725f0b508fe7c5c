//! The tree of departments that a file implies.

use std::collections::{BTreeMap, HashMap};

use crate::sheet::Reason;

/// A department of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentNode {
    /// The ward's own code, or the path of its names.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The code of the one above.
    pub parent: Option<String>,
}

/// A department as a row says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Its names, the highest first; at least one.
    pub(super) path: Vec<String>,
    /// Its own code, if the row has one.
    pub(super) code: Option<String>,
}

/// The path as a code, where the ward has none.
fn joined(path: &[String]) -> String {
    path.join("/")
}

/// Gathers the departments of a file. The code that any row gives to a path counts for the whole file, so that a
/// 部 that is only named above its 課 is the same as the one where its head works.
#[derive(Default)]
pub(super) struct Departments {
    codes: HashMap<String, String>,
    nodes: BTreeMap<String, DepartmentNode>,
    order: Vec<String>,
}

impl Departments {
    /// Learns the code of a path.
    pub(super) fn learn(&mut self, place: &Place) {
        if let Some(code) = &place.code {
            self.codes.entry(joined(&place.path)).or_insert_with(|| code.clone());
        }
    }

    /// The code of a row's department, which is now known with all above it.
    pub(super) fn enter(&mut self, place: &Place) -> Result<String, Reason> {
        let mut parent: Option<String> = None;
        for depth in 1..=place.path.len() {
            let (path, is_own) = (&place.path[..depth], depth == place.path.len());
            let own = if is_own { place.code.clone() } else { None };
            let known = || self.codes.get(&joined(path)).cloned();
            let code = own.or_else(known).unwrap_or_else(|| joined(path));
            let node =
                DepartmentNode { code: code.clone(), name: path[depth - 1].clone(), parent: parent.take() };
            match self.nodes.get(&code) {
                None => {
                    self.order.push(code.clone());
                    self.nodes.insert(code.clone(), node);
                }
                Some(other) if *other == node => {}
                Some(other) => {
                    return Err(Reason::new(
                        format!(
                            "所属コード「{code}」が、別の行では「{}」、この行では「{}」です。どちらかに直してください。",
                            other.name, node.name
                        ),
                        format!(
                            "The department code “{code}” is “{}” on another row and “{}” here, or stands below another. Please mend one of them.",
                            other.name, node.name
                        ),
                    ));
                }
            }
            parent = Some(code);
        }
        parent.ok_or_else(|| Reason::new("所属がありません。", "The department is missing."))
    }

    /// All of them, those above before those below.
    pub(super) fn into_nodes(mut self) -> Vec<DepartmentNode> {
        self.order.iter().filter_map(|code| self.nodes.remove(code)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &[&str], code: Option<&str>) -> Place {
        Place { path: path.iter().map(|name| (*name).to_owned()).collect(), code: code.map(str::to_owned) }
    }

    #[test]
    fn a_code_counts_wherever_its_path_is_named() {
        let mut departments = Departments::default();
        let (section, division) =
            (place(&["総務部", "人事課"], Some("1010")), place(&["総務部"], Some("1000")));
        for place in [&section, &division] {
            departments.learn(place);
        }
        assert_eq!(departments.enter(&section).unwrap(), "1010");
        assert_eq!(departments.enter(&division).unwrap(), "1000");
        let nodes = departments.into_nodes();
        assert_eq!(nodes.len(), 2);
        assert_eq!(nodes[1].parent.as_deref(), Some("1000"));
    }

    #[test]
    fn without_codes_the_path_is_the_code_and_names_may_repeat() {
        let mut departments = Departments::default();
        departments.enter(&place(&["芝支所", "管理課"], None)).unwrap();
        assert_eq!(departments.enter(&place(&["麻布支所", "管理課"], None)).unwrap(), "麻布支所/管理課");
        assert_eq!(departments.into_nodes().len(), 4);
    }

    #[test]
    fn one_code_for_two_departments_is_refused() {
        let mut departments = Departments::default();
        departments.enter(&place(&["人事課"], Some("1"))).unwrap();
        let reason = departments.enter(&place(&["防災課"], Some("1"))).unwrap_err();
        assert!(reason.ja.contains("人事課") && reason.en.contains("防災課"));
    }
}
