// DiffMessages tells how two messages of one type differ, value by value, by names that people and
// programs can follow: `annual_plan.objectives[S1].indicators[IKU1].target.value`.
#ifndef SAKIP_COMMON_MESSAGE_MESSAGE_DIFF_H_
#define SAKIP_COMMON_MESSAGE_MESSAGE_DIFF_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <functional>
#include <string>
#include <vector>

namespace sakip {

struct Change {
  enum class Kind { kAdded, kRemoved, kChanged };

  Kind kind = Kind::kChanged;
  std::string path;
  std::string before;  // Text of the value; empty where it was added.
  std::string after;   // The same; empty where it was removed.
};

// The fields of an item that tell it apart from the others of its list, in order; at least one,
// scalars.
using KeyFields = std::function<std::vector<const google::protobuf::FieldDescriptor*>(
    const google::protobuf::Descriptor& item)>;

// Every scalar that is in one and not in the other, or has another value; in the order of the
// fields. Items of lists are compared with those that have the same keys, whatever their order;
// lists of scalars are sets. Of an item that is in one message only, every value is told. Requires
// messages of one type, whose items have distinct keys. Pure.
std::vector<Change> DiffMessages(const google::protobuf::Message& before,
                                 const google::protobuf::Message& after, const KeyFields& keys);

}  // namespace sakip

#endif  // SAKIP_COMMON_MESSAGE_MESSAGE_DIFF_H_
