#include "common/auth/strict_json.h"

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace sakip::auth {
namespace {

using nlohmann::json;

// Builds nothing; stops the parser at what is not strict.
class Checker final : public nlohmann::json_sax<json> {
 public:
  bool null() override { return InObject(); }
  bool boolean(bool) override { return InObject(); }
  bool number_integer(number_integer_t) override { return InObject(); }
  bool number_unsigned(number_unsigned_t) override { return InObject(); }
  bool number_float(number_float_t, const string_t&) override { return InObject(); }
  bool string(string_t&) override { return InObject(); }
  bool binary(binary_t&) override { return false; }

  bool start_object(size_t) override {
    if (keys_.size() == kJsonDepthMax) return false;
    keys_.emplace_back();
    return true;
  }
  bool key(string_t& name) override { return keys_.back().insert(name).second; }
  bool end_object() override { return Leave(); }

  bool start_array(size_t) override {
    if (keys_.empty() || keys_.size() == kJsonDepthMax) return false;
    keys_.emplace_back();
    return true;
  }
  bool end_array() override { return Leave(); }

  bool parse_error(size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  bool InObject() const { return !keys_.empty(); }
  bool Leave() {
    keys_.pop_back();
    return true;
  }

  // Of each object that is open the keys so far; empty for an array.
  std::vector<std::set<std::string>> keys_;
};

}  // namespace

std::optional<json> ParseStrictObject(absl::string_view text) {
  // The parser steps over a byte order mark.
  if (!text.empty() && text[0] == '\xEF') return std::nullopt;
  Checker checker;
  if (!json::sax_parse(text.begin(), text.end(), &checker)) return std::nullopt;
  json object = json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) return std::nullopt;
  return object;
}

}  // namespace sakip::auth
