#include "common/message/text_check.h"

#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sakip {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Wrong(const google::protobuf::Message& message, size_t most = 10) {
  FieldErrors errors;
  CheckTexts(message, "request", most, errors);
  std::vector<std::string> fields;
  for (const FieldViolation& violation : errors.violations()) fields.push_back(violation.field);
  return fields;
}

TEST(CheckTexts, LooksAtEveryTextAtAnyDepth) {
  google::protobuf::ListValue list;
  list.add_values()->set_string_value("baik");
  list.add_values()->mutable_list_value()->add_values()->set_string_value("a\nb\tc");
  list.add_values()->set_number_value(1);
  EXPECT_THAT(Wrong(list), IsEmpty());

  list.mutable_values(0)->set_string_value("a\x01");
  list.mutable_values(1)->mutable_list_value()->mutable_values(0)->set_string_value(
      "\xE2\x80\xAE"
      "nial");
  list.add_values()->set_string_value("lebih panjang");
  EXPECT_THAT(Wrong(list), ElementsAre("request.values[0].string_value",
                                       "request.values[1].list_value.values[0].string_value",
                                       "request.values[3].string_value"));
}

}  // namespace
}  // namespace sakip
