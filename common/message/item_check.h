// CheckItems holds the repeated fields of what a caller sent against what their .proto declares.
#ifndef SAKIP_COMMON_MESSAGE_ITEM_CHECK_H_
#define SAKIP_COMMON_MESSAGE_ITEM_CHECK_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace sakip {

// The most items that a repeated field declares (sakip.options.v1.items_max); 0 where it declares
// nothing.
int ItemsMax(const google::protobuf::FieldDescriptor& field);

// The most items that the repeated fields of a message, at any depth, have together. The largest
// request has 8 MiB, so a real one has fewer; empty items take a hundred times their bytes.
inline constexpr int kItemsInAllMax = 200'000;

// OK where no repeated field of `message`, at any depth, has more items than it declares, nor all
// of them too many. Pure.
//   INVALID_ARGUMENT  INVALID_FIELD: names the first that has, below `path`, where the message
//                     stands; a request itself stands nowhere.
absl::Status CheckItems(const google::protobuf::Message& message, const std::string& path = "");

// The full names of the repeated fields of `type`, at any depth, that declare nothing.
std::vector<std::string> FieldsWithoutItemsMax(const google::protobuf::Descriptor& type);

}  // namespace sakip

#endif  // SAKIP_COMMON_MESSAGE_ITEM_CHECK_H_
