//! Measures the stages on this project's spec: `cargo bench -p front-codegen`. Each time is the median of many rounds in one run.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints, and stops where it cannot go on"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use front_codegen::{emit, generate, render, resolve, spec};

const ROUNDS: usize = 101;

fn main() {
    let root = front_tests::root();
    let (first, _) = spec::read(&root)
        .map_err(|unread| unread.problems.render(&unread.sources, false))
        .unwrap();
    let texts: Vec<(String, String)> =
        first.sources.iter().map(|of| (of.path.clone(), of.text.clone())).collect();
    let mut times: [Vec<Duration>; 5] = Default::default();
    let mut operations = 0;
    for _ in 0..ROUNDS {
        let texts = texts.clone();
        let start = Instant::now();
        let (read, _) = spec::read_texts(texts).map_err(drop).unwrap();
        times[0].push(start.elapsed());
        let start = Instant::now();
        let api = resolve::resolve(&read).0.unwrap();
        times[1].push(start.elapsed());
        let start = Instant::now();
        let files: Vec<emit::File> =
            emit::units(&api).into_iter().map(|unit| emit::emit(&api, unit)).collect();
        times[2].push(start.elapsed());
        let start = Instant::now();
        files.into_iter().for_each(|file| drop(black_box(render::render(file))));
        times[3].push(start.elapsed());
        let start = Instant::now();
        let files = generate(&api);
        times[4].push(start.elapsed());
        operations = api.resources.iter().map(|of| of.endpoints.len()).sum();
        assert!(!files.is_empty());
    }
    let mut whole = 0.0;
    let stages = ["read", "resolve", "emit", "render", "generate"];
    for (stage, mut times) in stages.into_iter().zip(times) {
        times.sort();
        let median = times[ROUNDS / 2].as_secs_f64() * 1e3;
        // `generate` is emit and render on all cores.
        if !matches!(stage, "emit" | "render") {
            whole += median;
        }
        println!("{stage:8} {median:8.3} ms");
    }
    println!(
        "{:8} {whole:8.3} ms, {:.3} ms for each of {operations} operations",
        "whole",
        whole / operations as f64
    );
}
