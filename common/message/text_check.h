// CheckTexts looks at every text of a message, so that no free text is forgotten.
#ifndef SAKIP_COMMON_MESSAGE_TEXT_CHECK_H_
#define SAKIP_COMMON_MESSAGE_TEXT_CHECK_H_

#include <google/protobuf/message.h>

#include <cstddef>
#include <string>

#include "common/base/error.h"

namespace sakip {

// Adds an error for every string field, at any depth, that is not UTF-8 of at most `most`
// characters without control characters but line breaks and tabs, and without the marks that turn
// the writing direction. Paths begin with `path`. Pure.
void CheckTexts(const google::protobuf::Message& message, const std::string& path, size_t most,
                FieldErrors& errors);

}  // namespace sakip

#endif  // SAKIP_COMMON_MESSAGE_TEXT_CHECK_H_
