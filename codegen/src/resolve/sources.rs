//! The location of every fact, for the resolved API.

use crate::ir::{NodeId, SourceFile, SourceFileId, SourceMap, SourceNode};
use crate::spec::Spec;

/// Returns the files of a spec, with the location of every key and every list item.
pub(super) fn of(spec: &Spec) -> SourceMap {
    let mut map = SourceMap::default();
    for (number, source) in spec.sources.iter().enumerate() {
        let (file, first) = (SourceFileId(number), map.nodes.len());
        let ends = source.text.match_indices('\n').map(|(end, _)| end + 1);
        map.files.push(SourceFile {
            path: source.path.clone(),
            text: source.text.clone(),
            lines: std::iter::once(0).chain(ends).collect(),
            root: NodeId(first),
        });
        map.nodes.extend(source.flat().into_iter().map(|node| SourceNode {
            file,
            key: node.key.map(String::into_boxed_str),
            span: node.span,
            children: first + node.children.start..first + node.children.end,
        }));
    }
    map
}
