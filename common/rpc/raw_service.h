// RawService is the base of every service: its methods get and give bytes, so that the gate reads
// what came in, once it is known who calls and how much it is. gRPC alone would read it before.
#ifndef SAKIP_COMMON_RPC_RAW_SERVICE_H_
#define SAKIP_COMMON_RPC_RAW_SERVICE_H_

namespace sakip::rpc {

namespace internal {

template <typename Service, template <typename> class... Methods>
struct RawMethods {
  using type = Service;
};
template <typename Service, template <typename> class First, template <typename> class... Rest>
struct RawMethods<Service, First, Rest...> {
  using type = First<typename RawMethods<Service, Rest...>::type>;
};

}  // namespace internal

// The base of a service whose methods get and give bytes, made of what is generated for it:
//
//   class ThingService final
//       : public rpc::RawService<v1::ThingService::Service,
//                                v1::ThingService::WithRawCallbackMethod_GetThing, ...> {
//
// All methods are named: a server does not start with a service that leaves one out.
template <typename Service, template <typename> class... Methods>
using RawService = typename internal::RawMethods<Service, Methods...>::type;

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_RAW_SERVICE_H_
