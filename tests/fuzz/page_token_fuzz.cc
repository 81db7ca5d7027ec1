// Page tokens: one is of its list or refused.
#include "common/base/log.h"
#include "common/paging/page.h"
#include "tests/fuzz/target.h"

namespace sakip::fuzz {

void Try(absl::string_view bytes) {
  InputReader input(bytes);
  const absl::string_view list = input.TakeText();
  const absl::string_view other = input.TakeText();
  const std::string key(input.rest());
  static_cast<void>(ParsePageToken(list, key));
  if (key.empty()) return;  // No item has an empty name.
  const std::string token = MakePageToken(list, key);
  SAKIP_CHECK(ParsePageToken(list, token).value() == key);
  if (other != list) SAKIP_CHECK(!ParsePageToken(other, token).ok());
}

std::vector<std::string> Seeds() {
  return {TextInput("agencies of regions/35") + TextInput("agencies of regions/36") + "dinsos",
          TextInput("a") + TextInput("b") + MakePageToken("a", "dinsos")};
}

}  // namespace sakip::fuzz
