// TlsFolder is a folder with the files of an endpoint: ca.pem, own.pem, own.key, crl/.
#ifndef SAKIP_COMMON_TLS_TESTING_TLS_FOLDER_H_
#define SAKIP_COMMON_TLS_TESTING_TLS_FOLDER_H_

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "common/base/log.h"
#include "common/testing/temp_dir.h"
#include "common/tls/testing/test_authority.h"
#include "common/tls/tls_files.h"

namespace sakip::tls::testing {

// Not thread-safe.
class TlsFolder {
 public:
  TlsFolder(const std::string& ca, const TestCertificate& own) {
    Write("ca.pem", ca);
    Put(own);
  }

  // The paths of all but the lists of revoked certificates.
  TlsFiles files() const {
    return {.certificate = dir_.File("own.pem"),
            .key = dir_.File("own.key"),
            .ca = dir_.File("ca.pem")};
  }

  // Takes the place of the certificate and its key, as a program that rotates them does it.
  void Put(const TestCertificate& own) {
    Write("own.pem", own.chain);
    Write("own.key", own.key);
  }

  void Write(const std::string& name, const std::string& text, mode_t mode = 0600) {
    const std::string path = dir_.File(name);
    const std::string part = path + ".part";
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(part) << text;
    SAKIP_CHECK(chmod(part.c_str(), mode) == 0);
    std::filesystem::rename(part, path);
  }

  std::string File(const std::string& name) const { return dir_.File(name); }

 private:
  const sakip::testing::TempDir dir_;
};

}  // namespace sakip::tls::testing

#endif  // SAKIP_COMMON_TLS_TESTING_TLS_FOLDER_H_
