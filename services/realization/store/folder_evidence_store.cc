#include "services/realization/store/folder_evidence_store.h"

#include <fcntl.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/realization/domain/evidence.h"
#include "services/realization/store/evidence_file.h"

namespace sakip::realization {
namespace {

absl::Status TooManyWait() {
  return WithRetryDelay(
      MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                "the agency has many reads of evidence waiting; retry after RetryInfo"),
      absl::Seconds(1));
}

// Files are touched by jobs of the workers only; the last job of a file lets it go.

class FolderWriter final : public EvidenceWriter {
 public:
  FolderWriter(Workers& workers, std::shared_ptr<IncomingFile> file)
      : workers_(workers), file_(std::move(file)) {}

  ~FolderWriter() override {
    // Removing what was not committed waits for the disk as well.
    const std::string agency = file_->agency();
    workers_.Run(agency, [file = std::move(file_)]() mutable { file.reset(); });
  }

  void Write(std::string bytes, std::function<void(absl::Status)> done) override {
    workers_.Run(file_->agency(),
                 [file = file_, bytes = std::move(bytes), done = std::move(done)]() mutable {
                   const absl::Status status = file->Write(bytes);
                   file.reset();
                   done(status);
                 });
  }

  void Commit(std::function<void(absl::StatusOr<bool>)> done) override {
    workers_.Run(file_->agency(), [file = file_, done = std::move(done)]() mutable {
      auto result = file->Commit();
      file.reset();
      done(std::move(result));
    });
  }

 private:
  Workers& workers_;
  std::shared_ptr<IncomingFile> file_;
};

class FolderReader final : public EvidenceReader {
 public:
  FolderReader(Workers& workers, OpenFile file, const DeclaredEvidence& stored)
      : workers_(workers),
        agency_(stored.agency),
        evidence_{stored.size_bytes, stored.media_type},
        file_(std::make_shared<OutgoingFile>(std::move(file), stored)) {}

  const StoredEvidence& evidence() const override { return evidence_; }

  void Read(std::function<void(absl::StatusOr<std::string>)> done) override {
    if (!workers_.Offer(agency_, [file = file_, done] { done(file->Read()); })) done(TooManyWait());
  }

 private:
  Workers& workers_;
  const std::string agency_;
  const StoredEvidence evidence_;
  const std::shared_ptr<OutgoingFile> file_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<FolderEvidenceStore>> FolderEvidenceStore::Open(
    const FolderEvidenceStoreOptions& options) {
  const std::string incoming = absl::StrCat(options.directory, "/incoming");
  std::error_code error;
  std::filesystem::remove_all(incoming, error);
  if (error) return StoreFailed("clear", incoming, error.value());
  std::filesystem::create_directories(incoming, error);
  if (error) return StoreFailed("make", incoming, error.value());
  return std::unique_ptr<FolderEvidenceStore>(new FolderEvidenceStore(options));
}

FolderEvidenceStore::FolderEvidenceStore(const FolderEvidenceStoreOptions& options)
    : directory_(options.directory),
      room_(options.free_bytes ? options.free_bytes : FreeBytesOf(options.directory),
            options.reserve_bytes),
      workers_(options.threads) {}

std::unique_ptr<EvidenceWriter> FolderEvidenceStore::Create(DeclaredEvidence declared) {
  const std::string path = absl::StrCat(directory_, "/incoming/", ++uploads_, ".part");
  return std::make_unique<FolderWriter>(
      workers_, std::make_shared<IncomingFile>(directory_, path, std::move(declared), room_));
}

void FolderEvidenceStore::Stat(std::string agency, std::vector<std::string> digests,
                               StatAnswer done) {
  workers_.Run(agency, [this, agency, digests = std::move(digests), done = std::move(done)] {
    std::vector<std::optional<StoredEvidence>> found;
    for (const std::string& digest : digests) {
      auto file = FindFile(directory_, agency, digest);
      if (!file.ok()) return done(file.status());
      found.emplace_back();
      if (file->has_value()) found.back() = {(*file)->size_bytes, (*file)->media_type};
    }
    done(std::move(found));
  });
}

void FolderEvidenceStore::Open(std::string agency, std::string digest, OpenAnswer done) {
  const bool taken = workers_.Offer(agency, [this, agency, digest = std::move(digest), done] {
    auto found = FindFile(directory_, agency, digest);
    if (!found.ok()) return done(found.status());
    if (!found->has_value()) return done(EvidenceNotFound(agency, digest));
    const std::string path = FilePath(directory_, **found);
    OpenFile file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) return done(StoreFailed("open", path, errno));
    done(std::make_unique<FolderReader>(workers_, std::move(file), **found));
  });
  if (!taken) done(TooManyWait());
}

}  // namespace sakip::realization
