//! Strongly connected components (Tarjan 1972), without recursion.

/// The component of each node, each named by one of its nodes.
pub fn strong_components<I: Iterator<Item = u32>>(nodes: usize, next: impl Fn(u32) -> I) -> Vec<u32> {
    const NEW: u32 = u32::MAX;
    let mut component = vec![NEW; nodes];
    let (mut number, mut low) = (vec![NEW; nodes], vec![0_u32; nodes]);
    let mut count = 0;
    let mut open: Vec<u32> = Vec::new();
    let mut calls: Vec<(u32, I)> = Vec::new();
    for root in 0..nodes as u32 {
        if number[root as usize] != NEW {
            continue;
        }
        let mut enter = |node: u32, open: &mut Vec<u32>, low: &mut [u32], number: &mut [u32]| {
            (number[node as usize], low[node as usize]) = (count, count);
            count += 1;
            open.push(node);
            (node, next(node))
        };
        calls.push(enter(root, &mut open, &mut low, &mut number));
        while let Some((node, rest)) = calls.last_mut() {
            let node = *node as usize;
            if let Some(head) = rest.next() {
                let at = head as usize;
                if number[at] == NEW {
                    calls.push(enter(head, &mut open, &mut low, &mut number));
                } else if component[at] == NEW {
                    low[node] = low[node].min(number[at]);
                }
                continue;
            }
            calls.pop();
            if let Some((parent, _)) = calls.last() {
                let parent = *parent as usize;
                low[parent] = low[parent].min(low[node]);
            }
            if low[node] == number[node] {
                while let Some(member) = open.pop() {
                    component[member as usize] = node as u32;
                    if member as usize == node {
                        break;
                    }
                }
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_can_come_back_is_of_one_component() {
        // 0 ⇄ 1 → 2 ⇄ 3, and 4 alone.
        let arcs: [&[u32]; 5] = [&[1], &[0, 2], &[3], &[2], &[]];
        let found = strong_components(5, |node| arcs[node as usize].iter().copied());
        assert_eq!(found[0], found[1]);
        assert_eq!(found[2], found[3]);
        let distinct: std::collections::HashSet<u32> = found.into_iter().collect();
        assert_eq!(distinct.len(), 3);
    }
}
