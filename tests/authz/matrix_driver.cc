// matrix_driver calls every RPC of running servers as every role from every place about every
// tenant, and prints the codes; matrix_test.py compares them with matrix.txt.
//
//   matrix_driver --descriptors=FILE [--credentials=FILE] SERVICE=ADDRESS...
//
// Then it does the same with each kind of bad credentials, of which none may be let in, and prints
// {"goal":"G14","cells":...,"let_in":0,...} to standard error. A service that no server has, two
// servers that answer differently, or a bad credential that is not UNAUTHENTICATED ends it with 1.

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/roles.h"
#include "tests/authz/call.h"
#include "tests/authz/credentials.h"
#include "tests/authz/inventory.h"
#include "tests/authz/matrix.h"
#include "tests/authz/servers.h"

ABSL_FLAG(std::string, descriptors, "", "A FileDescriptorSet of all protos.");
ABSL_FLAG(std::string, credentials, "",
          "Lines of kind, role, place and token; empty: development identities.");

namespace sakip::authz {
namespace {

// OK, PERMISSION_DENIED as `-`, or the code in short, so that a row fits a line.
std::string ShortCode(const Answer& answer) {
  switch (answer.code) {
    case absl::StatusCode::kOk:
      return "ok";
    case absl::StatusCode::kPermissionDenied:
      return answer.reason == "PERMISSION_DENIED" ? "-" : "DENIED?";
    case absl::StatusCode::kNotFound:
      return "none";
    case absl::StatusCode::kInvalidArgument:
      return "invalid";
    case absl::StatusCode::kFailedPrecondition:
      return "state";
    default:
      return absl::StatusCodeToString(answer.code);
  }
}

class Matrix {
 public:
  Matrix(const Inventory& inventory, const Credentials& credentials)
      : inventory_(inventory), credentials_(credentials) {}

  Block Ask(Caller& caller, const Rpc& rpc, const Place& place, absl::string_view kind) const {
    Block block{rpc.path(), place.name, {}};
    const size_t tenants = rpc.declared.tenant_field().empty() ? 1 : Tenants().size();
    CallOptions options;
    if (rpc.method->server_streaming()) options.responses_max = 1;
    for (const rpc::Role role : credentials_.roles()) {
      options.headers = credentials_.Of(kind, role, place);
      for (const Tenant& tenant : Tenants().subspan(0, tenants)) {
        const std::string request = inventory_.SmallestRequest(rpc, tenant.name);
        block.codes[role].push_back(ShortCode(caller.Call(rpc.path(), request, options)));
      }
    }
    return block;
  }

 private:
  const Inventory& inventory_;
  const Credentials& credentials_;
};

// Where no tenant is named all places get the same answers, or the difference shows.
std::string TextOf(const Matrix& matrix, Caller& caller, const Rpc& rpc) {
  std::vector<Block> blocks;
  for (const Place& place : Places()) blocks.push_back(matrix.Ask(caller, rpc, place, kGood));
  const bool same = std::all_of(blocks.begin(), blocks.end(), [&](const Block& block) {
    return block.codes == blocks.front().codes;
  });
  if (same) {
    blocks.resize(1);
    blocks.front().place = "anywhere";
  }
  std::string text;
  for (const Block& block : blocks) absl::StrAppend(&text, ToText(block));
  return text;
}

bool PrintRpc(const Matrix& matrix, const Rpc& rpc, const std::vector<Server>& servers) {
  std::string text;
  for (const Server& server : servers) {
    if (!IsServed(*server.caller, rpc)) continue;
    const std::string of_server = TextOf(matrix, *server.caller, rpc);
    if (!text.empty() && text != of_server) {
      std::cerr << rpc.path() << ": " << server.name << " answers otherwise:\n" << of_server;
      return false;
    }
    text = of_server;
  }
  if (text.empty()) std::cerr << rpc.path() << " is served by no server\n";
  std::cout << text;
  return !text.empty();
}

// What became of bad credentials.
struct Refusals {
  size_t cells = 0;
  size_t let_in = 0;
};

void TryBadKind(const Matrix& matrix, Caller& caller, const Rpc& rpc, const std::string& kind,
                Refusals& refusals) {
  for (const auto& [role, codes] : matrix.Ask(caller, rpc, Places().front(), kind).codes) {
    const auto let_in = std::count_if(codes.begin(), codes.end(), [](const std::string& code) {
      return code != "UNAUTHENTICATED";
    });
    refusals.cells += codes.size();
    refusals.let_in += static_cast<size_t>(let_in);
    if (let_in == 0) continue;
    std::cerr << rpc.path() << " takes a token that is " << kind << " of the "
              << rpc::RoleName(role) << "\n";
  }
}

// Whether none of the bad credentials was let in anywhere.
bool TryBadCredentials(const Matrix& matrix, const Inventory& inventory,
                       const Credentials& credentials, const std::vector<Server>& servers) {
  const std::vector<std::string> kinds = credentials.bad_kinds();
  Refusals refusals;
  for (const Server& server : servers) {
    for (const Rpc& rpc : inventory.rpcs()) {
      if (!IsServed(*server.caller, rpc)) continue;
      for (const std::string& kind : kinds) {
        TryBadKind(matrix, *server.caller, rpc, kind, refusals);
      }
    }
  }
  std::cerr << absl::StrCat("{\"goal\":\"G14\",\"cells\":", refusals.cells,
                            ",\"let_in\":", refusals.let_in, ",\"kinds\":", kinds.size(), "}\n");
  return refusals.let_in == 0;
}

int Run(absl::Span<char* const> arguments) {
  const Inventory inventory(absl::GetFlag(FLAGS_descriptors));
  const std::string file = absl::GetFlag(FLAGS_credentials);
  const Credentials credentials = file.empty() ? Credentials() : Credentials(file);
  const std::vector<Server> servers = Connect(arguments);
  std::cout << "# Tenants:";
  for (const Tenant& tenant : Tenants()) std::cout << " " << tenant.heading;
  std::cout << "\n";
  const Matrix matrix(inventory, credentials);
  bool whole = true;
  for (const Rpc& rpc : inventory.rpcs()) whole = PrintRpc(matrix, rpc, servers) && whole;
  whole = TryBadCredentials(matrix, inventory, credentials, servers) && whole;
  return whole ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace sakip::authz

int main(int argc, char** argv) {
  const std::vector<char*> arguments = absl::ParseCommandLine(argc, argv);
  return sakip::authz::Run(absl::MakeConstSpan(arguments).subspan(1));
}
