//! Markdown for a terminal: bold and code become styles, links their text.

use anstyle::Style;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::color::{BOLD, CODE};

/// Renders Markdown to lines that may hold colour.
pub fn render(markdown: &str) -> Vec<String> {
    let mut page = Page::default();
    for event in Parser::new(markdown) {
        page.take(event);
    }
    let end = page.lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    page.lines.truncate(end);
    page.lines
}

#[derive(Default)]
struct Page {
    lines: Vec<String>,
    bold: usize,
    block: bool,
    lists: Vec<Option<u64>>,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.block => text.lines().for_each(|line| {
                self.line();
                self.write("  ", Style::new());
                self.write(line, CODE);
            }),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                let style = if self.bold > 0 { BOLD } else { Style::new() };
                self.write(&text, style);
            }
            Event::Code(text) => {
                let style = if self.bold > 0 { CODE.bold() } else { CODE };
                self.write(&text, style);
            }
            // an editor shows each fact on its own line: so does a terminal
            Event::SoftBreak | Event::HardBreak => self.line(),
            Event::Rule => {
                self.line();
                self.write("───", Style::new());
                self.gap();
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Strong => self.bold += 1,
            Tag::Heading { .. } => {
                self.line();
                self.bold += 1;
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => self.block = true,
            Tag::List(first) => self.lists.push(*first),
            Tag::Item => {
                self.line();
                let depth = "  ".repeat(self.lists.len().saturating_sub(1));
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{depth}{}. ", *number - 1)
                    }
                    _ => format!("{depth}• "),
                };
                self.write(&mark, Style::new());
            }
            Tag::Paragraph if self.lists.is_empty() => self.line(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.bold -= 1,
            TagEnd::Heading(_) => {
                self.bold -= 1;
                self.gap();
            }
            TagEnd::CodeBlock => {
                self.block = false;
                self.gap();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.gap();
                }
            }
            TagEnd::Paragraph if self.lists.is_empty() => self.gap(),
            _ => {}
        }
    }

    /// Begins a line, unless an empty one waits.
    fn line(&mut self) {
        if self.lines.last().is_none_or(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// Leaves one line empty.
    fn gap(&mut self) {
        self.line();
        self.lines.push(String::new());
    }

    fn write(&mut self, text: &str, style: Style) {
        if self.lines.is_empty() {
            self.lines.push(String::new());
        }
        if let Some(line) = self.lines.last_mut() {
            let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
            if style == Style::new() {
                line.push_str(&text);
            } else {
                line.push_str(&format!("{style}{text}{style:#}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn a_hover_reads_well_without_markdown() {
        let markdown = "**DELETE** `/api/users/[id]` · Route Handler\n`id` ← `${id}`\nanswers 204, 404  \n\
                        [app/api/users/\\[id\\]/route.ts:40](file:///a/b.ts#L40) · also GET, PATCH\n\n\
                        ```ts\nfunction a() {\n  b();\n}\n```\n\n3 fit:\n- **GET** `/a`\n- `/b`\n  - deeper\n\nend";
        let lines = render(markdown).join("\n");
        expect![[r#"
            DELETE /api/users/[id] · Route Handler
            id ← ${id}
            answers 204, 404
            app/api/users/[id]/route.ts:40 · also GET, PATCH

              function a() {
                b();
              }

            3 fit:

            • GET /a
            • /b
              • deeper

            end"#]]
        .assert_eq(&anstream::adapter::strip_str(&lines).to_string());
    }

    #[test]
    fn bold_and_code_are_styles() {
        expect![[r#"\u{1b}[1mGET\u{1b}[0m \u{1b}[36m/a\u{1b}[0m b"#]]
            .assert_eq(&render("**GET** `/a` _b_").join("\n").escape_debug().to_string());
    }
}
