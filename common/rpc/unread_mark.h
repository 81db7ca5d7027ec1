// A mark in a message that gRPC is to read the next one into.
//
// gRPC says alike that no message is left and that one does not parse. But to parse is to clear
// first: the mark, a field of a number that no parser reads, is left where there was nothing.
#ifndef SAKIP_COMMON_RPC_UNREAD_MARK_H_
#define SAKIP_COMMON_RPC_UNREAD_MARK_H_

#include <google/protobuf/message.h>
#include <google/protobuf/unknown_field_set.h>

namespace sakip::rpc {

inline void MarkUnread(google::protobuf::Message& message) {
  message.Clear();
  message.GetReflection()->MutableUnknownFields(&message)->AddVarint(0, 0);
}

// Takes the mark out; false where it is gone, because something was parsed, well or not.
inline bool TakeMark(google::protobuf::Message& message) {
  google::protobuf::UnknownFieldSet& unknown =
      *message.GetReflection()->MutableUnknownFields(&message);
  const bool marked = unknown.field_count() == 1 && unknown.field(0).number() == 0;
  if (marked) unknown.Clear();
  return marked;
}

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_UNREAD_MARK_H_
