// CodeEditionService serves sakip.planning.v1.CodeEditionService over planning's log.
#ifndef SAKIP_SERVICES_PLANNING_RPC_CODE_EDITION_SERVICE_H_
#define SAKIP_SERVICES_PLANNING_RPC_CODE_EDITION_SERVICE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/unary.h"
#include "sakip/planning/v1/code_edition_service.grpc.pb.h"
#include "services/planning/rpc/code_editions.h"
#include "services/planning/store/code_edition_view.h"

namespace sakip::planning {

// Thread-safe. Borrows the gate, the log, the view and the clock, which outlive it. The view is
// kept by the log's observer.
class CodeEditionService final
    : public rpc::RawService<v1::CodeEditionService::Service,
                             v1::CodeEditionService::WithRawCallbackMethod_PublishCodeEdition,
                             v1::CodeEditionService::WithRawCallbackMethod_GetCodeEdition,
                             v1::CodeEditionService::WithRawCallbackMethod_ListCodeEditions,
                             v1::CodeEditionService::WithRawCallbackMethod_LookUpCodes> {
 public:
  CodeEditionService(rpc::Gate& gate, eventlog::EventLog& log, const CodeEditionView& view,
                     const Clock& clock)
      : gate_(gate), log_(log), view_(view), editions_(view, log), clock_(clock) {}

  grpc::ServerUnaryReactor* PublishCodeEdition(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* in,
                                               grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetCodeEdition(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* in,
                                           grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListCodeEditions(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* in,
                                             grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* LookUpCodes(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override;

 private:
  void DoPublish(const rpc::Call& call, const v1::PublishCodeEditionRequest& request,
                 rpc::Done<v1::PublishCodeEditionResponse> done);
  absl::StatusOr<v1::GetCodeEditionResponse> DoGet(const v1::GetCodeEditionRequest& request);
  absl::StatusOr<v1::ListCodeEditionsResponse> DoList(const v1::ListCodeEditionsRequest& request);
  absl::StatusOr<v1::LookUpCodesResponse> DoLookUp(const v1::LookUpCodesRequest& request);

  // The edition with its entries, as it is served.
  absl::StatusOr<v1::CodeEdition> Read(const std::string& name) const;

  rpc::Gate& gate_;
  eventlog::EventLog& log_;
  const CodeEditionView& view_;
  const CodeEditions editions_;
  const Clock& clock_;
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_CODE_EDITION_SERVICE_H_
