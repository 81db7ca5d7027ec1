// Table lays out rows of text in aligned columns for a terminal.
//
// Not thread-safe. Widths are columns of the terminal. Cells pass Printable() on the way in, so a
// cell may hold any bytes.
#ifndef SAKIP_SERVICES_CLI_TEXT_TABLE_H_
#define SAKIP_SERVICES_CLI_TEXT_TABLE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace sakip::cli {

enum class Color { kNone, kGreen, kRed, kYellow, kBold };

// Returns `text` in `color` where `enabled`, otherwise as it is.
std::string Paint(absl::string_view text, Color color, bool enabled);

// How wide a result may be and whether it may have colours.
struct Screen {
  int columns = 120;
  bool color = false;
};

struct Column {
  enum class Align { kLeft, kRight };

  std::string header;
  Align align = Align::kLeft;
  // Shares in what is left of the screen and wraps; others are as wide as their widest cell.
  bool flexible = false;
  int width_max = 0;  // Wraps what is wider, the header excepted; 0 does not.
};

struct Cell {
  Cell(absl::string_view t, Color c = Color::kNone);  // NOLINT: rows are written as lists of texts.
  Cell(const char* t) : Cell(absl::string_view(t)) {}         // NOLINT
  Cell(const std::string& t) : Cell(absl::string_view(t)) {}  // NOLINT

  std::string text;
  Color color;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // Adds a row; missing cells are empty. Requires no more cells than columns.
  void Add(std::vector<Cell> row);

  bool empty() const { return rows_.empty(); }

  // Returns the header, a rule and the rows, each line `indent` spaces from the left and ended by a
  // newline, without trailing spaces. A flexible column is never narrower than 12 columns: on a
  // very narrow screen lines are longer than it rather than unreadable.
  std::string Render(const Screen& screen, int indent = 0) const;

 private:
  std::vector<int> Widths(int columns) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

// Returns `text` in lines no wider than `columns`, the first after `first`, the others indented as
// far as `first` is wide. Both pass Printable().
std::string Paragraph(absl::string_view first, absl::string_view text, int columns);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_TEXT_TABLE_H_
