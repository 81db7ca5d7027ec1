// Closes a folder to the other accounts of the machine. Functions are thread-safe.
#ifndef SAKIP_COMMON_BASE_PRIVATE_FOLDER_H_
#define SAKIP_COMMON_BASE_PRIVATE_FOLDER_H_

#include <string>

namespace sakip {

// Takes from group and others what they may do in `folder`, which may be a link to one; where there
// is none, nothing happens. It leaves what is not for it to close, and writes a warning that names
// the folder: one of another account, one that all share (with the sticky bit, or the root), one
// whose file system has no modes.
void CloseToOthers(const std::string& folder);

// The same for a folder in one that was closed. Where it is a link, to a folder that others may
// have reasons to read, that is left too.
void CloseToOthersWithin(const std::string& folder);

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_PRIVATE_FOLDER_H_
