#include "services/cli/auth/auth.h"

namespace sakip::cli {

void AddAuthCommands(CLI::App& app, Action& action) {
  CLI::App& auth =
      *app.add_subcommand("auth", "Issue tokens for development and small sites, and check them");
  auth.require_subcommand(1);
  auth.footer(
      "An issuer is a private key, and the JWKS that services get of its public part.\n"
      "Example:\n"
      "  sakipctl auth key generate --file issuer.key\n"
      "  sakipctl auth jwks add --file jwks.json --key issuer.key\n"
      "  sakipctl auth token issue --key issuer.key --issuer https://kinerja.jemberkab.go.id \\\n"
      "    --audience sakip --subject siti --role planner --scope regions/35.09/agencies/dinsos");
  AddAuthKeyCommands(auth, action);
  AddAuthJwksCommands(auth, action);
  AddAuthTokenCommands(auth, action);
}

}  // namespace sakip::cli
