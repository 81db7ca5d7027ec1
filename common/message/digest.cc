#include "common/message/digest.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <openssl/evp.h>

#include "absl/strings/escaping.h"
#include "common/base/log.h"

namespace sakip {

std::string Sha256(absl::string_view bytes) {
  std::string digest(32, '\0');
  unsigned int size = 0;
  SAKIP_CHECK(EVP_Digest(bytes.data(), bytes.size(),
                         reinterpret_cast<unsigned char*>(digest.data()), &size, EVP_sha256(),
                         nullptr) == 1);
  SAKIP_CHECK(size == digest.size());
  return digest;
}

std::string DeterministicBytes(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.SetSerializationDeterministic(true);
  SAKIP_CHECK(message.SerializeToCodedStream(&out));
  out.Trim();
  return bytes;
}

std::string Digest(const google::protobuf::Message& message) {
  return Sha256(DeterministicBytes(message));
}

std::string HexDigest(const google::protobuf::Message& message) {
  return absl::BytesToHexString(Digest(message));
}

}  // namespace sakip
