#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/open_file.h"
#include "common/base/status_macros.h"
#include "common/message/digest.h"
#include "sakip/realization/v1/evidence_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/files/request_id.h"
#include "services/cli/session/failure.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

using realization::v1::DownloadEvidenceRequest;
using realization::v1::DownloadEvidenceResponse;
using realization::v1::Evidence;
using realization::v1::EvidenceService;
using realization::v1::StatEvidenceRequest;
using realization::v1::UploadEvidenceRequest;
using realization::v1::UploadEvidenceResponse;

constexpr size_t kFileBytesMax = 25 * 1024 * 1024;
constexpr size_t kChunkBytes = 256 * 1024;

struct UploadArguments {
  std::string agency;
  std::string file;
  std::string media_type;
};

struct DownloadArguments {
  std::string name;
  std::string target;
};

struct ShowArguments {
  std::string name;
};

struct MediaTypeOfEnding {
  absl::string_view ending;
  absl::string_view media_type;
};

constexpr MediaTypeOfEnding kMediaTypes[] = {
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".png", "image/png"},
    {".webp", "image/webp"},
    {".pdf", "application/pdf"},
    {".doc", "application/msword"},
    {".xls", "application/vnd.ms-excel"},
    {".ppt", "application/vnd.ms-powerpoint"},
    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {".odt", "application/vnd.oasis.opendocument.text"},
    {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
};

// Empty where the ending says nothing.
absl::string_view MediaTypeOf(absl::string_view path) {
  for (const auto& [ending, media_type] : kMediaTypes) {
    if (absl::EndsWithIgnoreCase(path, ending)) return media_type;
  }
  return "";
}

absl::StatusOr<std::string> ReadBytes(const std::string& path) {
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(kFileBytesMax + 1, '\0');
  if (stream) stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!stream && !stream.eof()) {
    return absl::NotFoundError(absl::StrCat(path, ": cannot be read: ", std::strerror(errno)));
  }
  bytes.resize(static_cast<size_t>(stream.gcount()));
  if (bytes.size() <= kFileBytesMax) return bytes;
  return absl::InvalidArgumentError(absl::StrCat(path, ": has more than 25 MiB"));
}

// As a line of a submission refers to it.
std::string EvidenceText(absl::string_view name, const Evidence& evidence) {
  return Printable(absl::StrCat(name)) + "\n" +
         Printable(absl::StrCat(
             "evidence: [{digest: ", evidence.digest(), ", size_bytes: ", evidence.size_bytes(),
             ", media_type: ", evidence.media_type(), ", location: ", evidence.location(), "}]")) +
         "\n";
}

absl::StatusOr<UploadEvidenceResponse> Send(Session& session, const UploadEvidenceRequest& first,
                                            const std::string& bytes) {
  grpc::ClientContext context;
  session.Prepare(context);
  EvidenceService::Stub stub(session.channel(Peer::kRealization));
  UploadEvidenceResponse response;
  auto writer = stub.UploadEvidence(&context, &response);
  bool taken = writer->Write(first);
  UploadEvidenceRequest part;
  for (size_t at = 0; taken && at < bytes.size(); at += kChunkBytes) {
    part.set_chunk(bytes.substr(at, kChunkBytes));
    taken = writer->Write(part);
  }
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  if (!status.ok()) return rpc::FromGrpcStatus(status);
  return response;
}

ExitCode Upload(Session& session, const UploadArguments& arguments) {
  const std::string what = absl::StrCat("evidence upload ", arguments.file);
  const auto bytes = ReadBytes(arguments.file);
  if (!bytes.ok()) return ReportUsage(session.err(), what, bytes.status().message());
  UploadEvidenceRequest first;
  auto& options = *first.mutable_options();
  options.set_parent(arguments.agency);
  options.set_media_type(arguments.media_type.empty() ? std::string(MediaTypeOf(arguments.file))
                                                      : arguments.media_type);
  options.set_digest(absl::BytesToHexString(Sha256(*bytes)));
  options.set_size_bytes(bytes->size());
  options.set_request_id(ContentRequestId(first));
  const auto response = Send(session, first, *bytes);
  if (!response.ok()) return ReportRefusal(session.err(), what, response.status());
  return session.Print(*response, EvidenceText(response->name(), response->evidence()));
}

// Writes what comes to `path`, which only who asked for it may read.
absl::Status Receive(Session& session, const std::string& name, const std::string& path) {
  grpc::ClientContext context;
  session.Prepare(context);
  EvidenceService::Stub stub(session.channel(Peer::kRealization));
  DownloadEvidenceRequest request;
  request.set_name(name);
  auto reader = stub.DownloadEvidence(&context, request);
  DownloadEvidenceResponse response;
  OpenFile file(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  bool written = file.is_open() && fchmod(file.fd(), 0600) == 0;  // One left over keeps its mode.
  while (reader->Read(&response)) written = written && WriteAll(file.fd(), response.chunk());
  RETURN_IF_ERROR(rpc::FromGrpcStatus(reader->Finish()));
  if (written && file.Close()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(path, ": cannot be written"));
}

ExitCode Download(Session& session, const DownloadArguments& arguments) {
  // Under its name only once it is whole.
  const std::string part = arguments.target + ".part";
  absl::Status status = Receive(session, arguments.name, part);
  if (status.ok() && std::rename(part.c_str(), arguments.target.c_str()) != 0) {
    status = absl::InvalidArgumentError(absl::StrCat(arguments.target, ": cannot be written"));
  }
  if (status.ok()) return ExitCode::kOk;
  std::remove(part.c_str());
  return ReportRefusal(session.err(), absl::StrCat("evidence download ", arguments.name), status);
}

ExitCode Show(Session& session, const ShowArguments& arguments) {
  StatEvidenceRequest request;
  request.set_name(arguments.name);
  const auto response =
      session.Call(Peer::kRealization, &EvidenceService::Stub::StatEvidence, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("evidence show ", arguments.name),
                         response.status());
  }
  return session.Print(response->evidence(), EvidenceText(arguments.name, response->evidence()));
}

}  // namespace

void AddEvidenceCommands(CLI::App& app, Action& action) {
  CLI::App& evidence = *app.add_subcommand("evidence", "Store and fetch evidence");
  evidence.require_subcommand(1);
  auto& upload = *evidence.add_subcommand("upload", "Store a photo or document of an agency");
  const auto file = std::make_shared<UploadArguments>();
  upload.add_option("AGENCY", file->agency, "The agency's resource name")->required();
  upload.add_option("FILE", file->file, "The file, at most 25 MiB")->required();
  upload.add_option("--media-type", file->media_type, "What it is; default: by its ending");
  upload.footer(
      "Prints its name, and the line with which a submission refers to it.\n"
      "Example:\n  sakipctl evidence upload regions/35.09/agencies/dinsos foto.jpg");
  Bind(upload, action, file, &Upload);

  auto& download = *evidence.add_subcommand("download", "Fetch a file, checked by its digest");
  const auto target = std::make_shared<DownloadArguments>();
  download.add_option("NAME", target->name, "Its resource name")->required();
  download.add_option("FILE", target->target, "Where to write it")->required();
  Bind(download, action, target, &Download);

  auto& show = *evidence.add_subcommand("show", "Show what the store has of a file");
  const auto one = std::make_shared<ShowArguments>();
  show.add_option("NAME", one->name, "Its resource name")->required();
  Bind(show, action, one, &Show);
}

}  // namespace sakip::cli
