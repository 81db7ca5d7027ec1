#include "tests/bench/postgres.h"

#include <iostream>

#include "common/base/log.h"

namespace sakip::bench {
namespace {

void Check(PGresult* result, ExecStatusType expected, PGconn* connection) {
  const ExecStatusType status = PQresultStatus(result);
  if (status != expected) std::cerr << PQerrorMessage(connection);
  SAKIP_CHECK(status == expected);
}

}  // namespace

Postgres ConnectPostgres(const std::string& connection) {
  Postgres opened(PQconnectdb(connection.c_str()));
  SAKIP_CHECK(PQstatus(opened.get()) == CONNECTION_OK);
  Execute(opened.get(), "set client_min_messages = warning");
  return opened;
}

void CheckResult(PGresult* result, PGconn* connection) {
  Check(result, PGRES_COMMAND_OK, connection);
  PQclear(result);
}

void Execute(PGconn* connection, const std::string& statement) {
  CheckResult(PQexec(connection, statement.c_str()), connection);
}

void Copy(PGconn* connection, const std::string& table, const std::string& rows) {
  PGresult* begun = PQexec(connection, ("copy " + table + " from stdin").c_str());
  Check(begun, PGRES_COPY_IN, connection);
  PQclear(begun);
  SAKIP_CHECK(PQputCopyData(connection, rows.data(), static_cast<int>(rows.size())) == 1);
  SAKIP_CHECK(PQputCopyEnd(connection, nullptr) == 1);
  CheckResult(PQgetResult(connection), connection);
  SAKIP_CHECK(PQgetResult(connection) == nullptr);
}

std::vector<std::vector<std::string>> Query(PGconn* connection, const std::string& statement) {
  PGresult* result = PQexec(connection, statement.c_str());
  Check(result, PGRES_TUPLES_OK, connection);
  std::vector<std::vector<std::string>> rows(static_cast<size_t>(PQntuples(result)));
  for (size_t row = 0; row < rows.size(); ++row) {
    for (int column = 0; column < PQnfields(result); ++column) {
      rows[row].emplace_back(PQgetvalue(result, static_cast<int>(row), column));
    }
  }
  PQclear(result);
  return rows;
}

}  // namespace sakip::bench
