#pragma once

#include "sync/wire/city_key_fields.h"
#include "sync/wire/entry_pack.h"
#include "sync/wire/evidence.h"
#include "sync/wire/receipt.h"
#include "sync/wire/statement_fields.h"

/// The fields of each part of a file of evidence. Private to this room. Source: EVIDENCE.md.
namespace fieldnode::wire {

// clang-format off
template <class A> void serialize(A& a, EvidenceFront& p) {
  a(p.side, p.case_id, p.city);
  a.fixed(p.city_key_id);
  a(p.city_key, p.node, p.made_at, p.program);
}
template <class A> void serialize(A& a, EvidenceUnit& p) { a(p.id, p.code, p.name, p.assignments); }
template <class A> void serialize(A& a, EvidenceNode& p) { a(p.by_city, p.statement); }
template <class A> void serialize(A& a, EvidenceList& p) { a(p.head, p.run_end); }
template <class A> void serialize(A& a, EvidenceLeaves& p) { a(p.first, p.leaves); }
template <class A> void serialize(A& a, EvidenceHead& p) { a(p.head); }
template <class A> void serialize(A& a, AnchorTime& p) {
  a(p.node);
  a.fixed(p.anchor);
  a(p.sent_at);
}
template <class A> void serialize(A& a, EntryTime& p) { a(p.at, p.made_at); }
template <class A> void serialize(A& a, HeldTime& p) { a(p.upto, p.at); }
template <class A> void serialize(A& a, EvidenceTimes& p) { a(p.anchors, p.entries, p.held); }
template <class A> void serialize(A& a, EvidenceKeyStep& p) { a(p.step); }
template <class A> void serialize(A& a, EvidenceSeal& p) { a(p.suite, p.digests, p.signature); }
// clang-format on

inline void save(PackedOutput& output, EvidenceEntry const& part) {
  output(part.seq);
  put_entry(output, part.entry);
}
inline void load(PackedInput& input, EvidenceEntry& part) {
  input(part.seq);
  part.entry = get_entry(input);
}

inline void save(PackedOutput& output, EvidenceReceipt const& part) { put_receipt(output, part.receipt); }
inline void load(PackedInput& input, EvidenceReceipt& part) { part.receipt = get_receipt(input); }

}  // namespace fieldnode::wire
