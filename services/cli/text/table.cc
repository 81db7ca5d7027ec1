#include "services/cli/text/table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

constexpr int kFlexibleMin = 12;
constexpr absl::string_view kGap = "  ";

std::string Spaces(int count) { return std::string(std::max(count, 0), ' '); }

const char* Code(Color color) {
  switch (color) {
    case Color::kGreen:
      return "\x1b[32m";
    case Color::kRed:
      return "\x1b[31m";
    case Color::kYellow:
      return "\x1b[33m";
    case Color::kBold:
      return "\x1b[1m";
    case Color::kNone:
      break;
  }
  return "";
}

// The lines of a cell; one empty line where it has no text.
std::vector<std::string> Lines(absl::string_view text, int columns) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const absl::string_view line = TakeLine(text, columns);
    lines.emplace_back(absl::StripTrailingAsciiWhitespace(line));
    text = absl::StripLeadingAsciiWhitespace(text.substr(line.size()));
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

std::string Aligned(absl::string_view text, const Column& column, int width, Color color,
                    bool painted) {
  const std::string padding = Spaces(width - Width(text));
  const std::string shown = Paint(text, color, painted && !text.empty());
  return column.align == Column::Align::kRight ? padding + shown : shown + padding;
}

}  // namespace

std::string Paint(absl::string_view text, Color color, bool enabled) {
  if (!enabled || color == Color::kNone) return std::string(text);
  return absl::StrCat(Code(color), text, "\x1b[0m");
}

Cell::Cell(absl::string_view t, Color c) : text(Printable(t)), color(c) {}

void Table::Add(std::vector<Cell> row) {
  SAKIP_CHECK(row.size() <= columns_.size());
  row.resize(columns_.size(), Cell(""));
  rows_.push_back(std::move(row));
}

std::vector<int> Table::Widths(int columns) const {
  std::vector<int> widths;
  int left = columns;
  int flexible = 0;
  for (size_t i = 0; i < columns_.size(); ++i) {
    int width = Width(columns_[i].header);
    const int header = width;
    for (const auto& row : rows_) width = std::max(width, Width(row[i].text));
    const int width_max = columns_[i].width_max;
    if (width_max > 0) width = std::min(width, std::max(width_max, header));
    widths.push_back(width);
    left -= i == 0 ? 0 : static_cast<int>(kGap.size());
    if (columns_[i].flexible) {
      ++flexible;
    } else {
      left -= width;
    }
  }
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (!columns_[i].flexible) continue;
    widths[i] = std::min(widths[i], std::max(left / flexible, kFlexibleMin));
    left -= widths[i];
    --flexible;
  }
  return widths;
}

std::string Table::Render(const Screen& screen, int indent) const {
  const std::vector<int> widths = Widths(screen.columns - indent);
  std::string text;
  const auto add_row = [&](const std::vector<Cell>& row, bool painted) {
    std::vector<std::vector<std::string>> cells;
    size_t height = 1;
    for (size_t i = 0; i < row.size(); ++i) {
      cells.push_back(Lines(row[i].text, std::max(widths[i], 1)));
      height = std::max(height, cells.back().size());
    }
    for (size_t line = 0; line < height; ++line) {
      std::string out = Spaces(indent);
      for (size_t i = 0; i < row.size(); ++i) {
        if (i > 0) absl::StrAppend(&out, kGap);
        const std::string part = line < cells[i].size() ? cells[i][line] : std::string();
        out += Aligned(part, columns_[i], widths[i], row[i].color, painted);
      }
      absl::StripTrailingAsciiWhitespace(&out);
      absl::StrAppend(&text, out, "\n");
    }
  };
  std::vector<Cell> header;
  std::vector<Cell> rule;
  for (size_t i = 0; i < columns_.size(); ++i) {
    header.emplace_back(columns_[i].header, Color::kBold);
    rule.emplace_back(std::string(widths[i], '-'));
  }
  add_row(header, screen.color);
  add_row(rule, false);
  for (const auto& row : rows_) add_row(row, screen.color);
  return text;
}

std::string Paragraph(absl::string_view first, absl::string_view text, int columns) {
  std::string lead = Printable(first);
  const int indent = Width(lead);
  std::string result;
  for (const std::string& line : Lines(Printable(text), std::max(columns - indent, kFlexibleMin))) {
    std::string out = absl::StrCat(lead, line);
    absl::StripTrailingAsciiWhitespace(&out);
    absl::StrAppend(&result, out, "\n");
    lead = Spaces(indent);
  }
  return result;
}

}  // namespace sakip::cli
