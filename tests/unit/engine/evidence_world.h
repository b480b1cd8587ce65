#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sync/base/random.h"
#include "sync/engine/evidence_check.h"
#include "sync/rules/civil.h"
#include "sync/wire/chain.h"
#include "sync/wire/signing.h"

/// A city with one unit that has two cases, and what its ends would tell of one of them, built by hand: no store is
/// asked, so that what the check believes is not what some store happened to write.
namespace fieldnode::engine {

inline constexpr UnitId kUnit{5};
inline constexpr NodeId kNode{9};
inline constexpr Epoch kFeedEpoch{0xfeed};
inline constexpr Epoch kJournalEpoch{0x10a1};
inline constexpr CaseId kCase{70};
inline constexpr AssignmentId kOurs{7};
inline constexpr AssignmentId kTheirs{8};
inline constexpr std::string_view kTheirWords = "another citizen's noise at night";
inline constexpr std::string_view kTheirName = "Wang of the other case";
inline constexpr std::string_view kOurName = "Li who called";

/// A list with the salts of all that is in it.
struct MemoryList {
  wire::ListName name{};
  std::vector<wire::EncodedEntry> entries;
  std::vector<rules::Skeleton> skeletons;
  std::vector<wire::SaltKeys> keys;  ///< of each entry
  std::vector<Hash> leaves;
  std::vector<Hash> chain;

  explicit MemoryList(wire::ListName const& list) : name(list), chain{wire::chain_start(list)} {}
  [[nodiscard]] std::uint64_t seq() const { return entries.size(); }
  void forget_last() {
    entries.pop_back();
    skeletons.pop_back();
    keys.pop_back();
    leaves.pop_back();
    chain.pop_back();
  }
};

class EvidenceWorld {
 public:
  EvidenceWorld() {
    open();
    deal();
    act();
    exchange();
  }

  /// The file that the office would make, as parts; the entry that an export leaves is appended first.
  [[nodiscard]] std::vector<wire::EvidenceContent> office_parts() {
    leave(journal_, rules::EntryKind::kEvidenceExport);
    return parts(wire::EvidenceSide::kOffice);
  }
  [[nodiscard]] std::vector<wire::EvidenceContent> centre_parts() {
    leave(feed_, rules::EntryKind::kEvidenceIssue);
    return parts(wire::EvidenceSide::kCentre);
  }

  /// Parts, the front among them, written and sealed by the maker that the front names.
  [[nodiscard]] Bytes sealed(std::vector<wire::EvidenceContent> const& contents) const {
    auto const& front = std::get<wire::EvidenceFront>(contents.front());
    wire::EvidenceWriter writer(front);
    for (std::size_t i = 1; i < contents.size(); ++i) writer.add(contents[i]);
    return std::move(writer).seal(*suite_, keys_of(front.side).secret_key);
  }

  [[nodiscard]] EvidenceReport check(BytesView file) const {
    return check_evidence(file, *suite_, city_.public_key, rules::built_in_rule_book());
  }

  /// The end of a list as its maker would sign it now.
  [[nodiscard]] wire::EvidenceList end_of(MemoryList const& list, wire::EvidenceSide side) const {
    return {wire::sign_head(list.name, list.seq(), list.chain.back(), *suite_, keys_of(side).secret_key), {}};
  }
  [[nodiscard]] crypto::KeyPair const& keys_of(wire::EvidenceSide side) const {
    return side == wire::EvidenceSide::kCentre ? city_ : node_;
  }
  [[nodiscard]] crypto::SignatureSuite const& suite() const { return *suite_; }
  [[nodiscard]] crypto::KeyPair const& city() const { return city_; }
  [[nodiscard]] UtcTime now() const { return now_; }

  MemoryList feed_{{wire::ListKind::kFeed, kUnit, {}, kFeedEpoch}};
  MemoryList journal_{{wire::ListKind::kJournal, kUnit, kNode, kJournalEpoch}};
  std::vector<wire::Receipt> receipts_;

  /// Appends as the ends do; entries on an assignment are salted with the keys of its dispatch.
  void append(MemoryList& list, rules::EntryKind kind, AssignmentId assignment, rules::Payload payload,
              wire::Body body = {}, wire::ContactData contact = {}) {
    rules::Skeleton skeleton{.kind = kind, .assignment = assignment, .payload = std::move(payload)};
    skeleton.number = number_after(list, assignment);
    auto const& other = &list == &feed_ ? journal_ : feed_;
    skeleton.basis = {other.name.epoch, other.seq()};
    skeleton.time = &list == &feed_ ? rules::central_time(now_) : claimed();
    auto const keys = contact.keys ? *contact.keys : assignment == kOurs ? ours_ : assignment ? theirs_ : unit_wide_;
    auto entry = wire::encode_entry(skeleton, body, contact).value();
    auto const leaf = wire::leaf_of(entry, list.name, list.seq() + 1, keys).value();
    list.entries.push_back(std::move(entry));
    list.skeletons.push_back(std::move(skeleton));
    list.keys.push_back(keys);
    list.leaves.push_back(leaf);
    list.chain.push_back(wire::chain_next(list.chain.back(), leaf));
    now_ += std::chrono::minutes(1);
  }

  [[nodiscard]] std::uint64_t count_on(MemoryList const& list, AssignmentId assignment) const {
    std::uint64_t count = 0;
    for (auto const& skeleton : list.skeletons) count += skeleton.assignment == assignment ? 1 : 0;
    return count;
  }
  [[nodiscard]] rules::EvidenceExport counts() const {
    auto const of = [this](AssignmentId id) {
      return std::vector<rules::ListCount>{{false, kFeedEpoch, count_on(feed_, id)},
                                           {true, kJournalEpoch, count_on(journal_, id)}};
    };
    return {of(kOurs), of({})};
  }
  void leave(MemoryList& list, rules::EntryKind kind) { append(list, kind, kOurs, counts()); }

  /// What comes between the front and the seal, as the lists stand now.
  [[nodiscard]] std::vector<wire::EvidenceContent> parts(wire::EvidenceSide side) const {
    std::vector<wire::EvidenceContent> contents;
    bool const office = side == wire::EvidenceSide::kOffice;
    contents.emplace_back(wire::EvidenceFront{.side = side,
                                              .case_id = kCase,
                                              .city = "Tianjin",
                                              .city_key_id = kCityKey,
                                              .city_key = city_.public_key,
                                              .node = office ? kNode : NodeId{},
                                              .made_at = now_,
                                              .program = "1.0"});
    contents.emplace_back(wire::EvidenceUnit{kUnit, "BH", "Binhai", {kOurs}});
    contents.emplace_back(wire::EvidenceNode{true, statement()});
    for (auto const* const list : {&feed_, &journal_}) tell(*list, side, contents);
    if (!office) contents.emplace_back(wire::EvidenceHead{node_head()});
    for (auto const& receipt : receipts_) contents.emplace_back(wire::EvidenceReceipt{receipt});
    if (!office)
      contents.emplace_back(
          wire::EvidenceTimes{{}, {}, {{{kJournalEpoch, 3}, receipts_.back().marks.front().received_at}}});
    return contents;
  }

  [[nodiscard]] wire::NodeStatement statement() const {
    wire::NodeStatement statement{.key_id = kCityKey,
                                  .unit = kUnit,
                                  .node = kNode,
                                  .journal_epoch = kJournalEpoch,
                                  .enrolled_at = utc_from_ms(1'760'000'000'000),
                                  .key = node_.public_key};
    wire::sign_statement(statement, *suite_, city_.secret_key);
    return statement;
  }

  /// A receipt over both lists as they stand, with a mark on all acts.
  void receive() {
    wire::Receipt receipt{.key_id = kCityKey,
                          .unit = kUnit,
                          .node = kNode,
                          .journal_epoch = kJournalEpoch,
                          .journal_seq = journal_.seq(),
                          .journal_hash = journal_.chain.back(),
                          .feed_epoch = kFeedEpoch,
                          .feed_head_seq = feed_.seq(),
                          .feed_head_hash = feed_.chain.back(),
                          .answer_seq = feed_.seq(),
                          .answer_hash = feed_.chain.back(),
                          .received_at = now_,
                          .sent_at = now_ + Milliseconds(40),
                          .marks = {{journal_.seq(), now_}}};
    wire::sign_receipt(receipt, *suite_, city_.secret_key);
    receipts_.push_back(receipt);
    anchor_ = wire::anchor_id(receipt);
  }

 private:
  static constexpr std::uint64_t kCityKey = 0xc17e;

  [[nodiscard]] rules::TimeEvidence claimed() const {
    return {
        rules::ClockClass::kAnchored, {now_ - std::chrono::seconds(1), now_ + std::chrono::seconds(1)}, now_, anchor_};
  }
  [[nodiscard]] std::uint64_t number_after(MemoryList const& list, AssignmentId assignment) const {
    return count_on(list, assignment) + 1;
  }
  [[nodiscard]] wire::SaltKeys draw() {
    wire::SaltKeys keys;
    random_.fill(keys.body);
    random_.fill(keys.contact);
    return keys;
  }
  [[nodiscard]] static wire::Body said(std::string_view text) {
    return {{{wire::TextTag::kText, std::string(text)}}, {}};
  }
  [[nodiscard]] static rules::Dispatch dispatch_of(CaseId id) {
    return {.case_id = id, .category = rules::Category::kA2, .kind = rules::CaseKind::kComplaint, .limits = {}};
  }

  void open() {
    unit_wide_ = draw();
    ours_ = draw();
    theirs_ = draw();
    append(feed_, rules::EntryKind::kFeedOpening, {}, rules::Opening{}, {}, {{}, unit_wide_});
    append(journal_, rules::EntryKind::kJournalOpening, {}, rules::Opening{}, {}, {{}, unit_wide_});
    receive();
    receipts_.front().marks.clear();
  }
  void deal() {
    append(feed_, rules::EntryKind::kDispatch, kTheirs, dispatch_of(CaseId{71}), said(kTheirWords),
           {{{wire::ContactTag::kName, std::string(kTheirName)}}, theirs_});
    append(feed_, rules::EntryKind::kDispatch, kOurs, dispatch_of(kCase), said("the street lamp is out"),
           {{{wire::ContactTag::kName, std::string(kOurName)}}, ours_});
    append(feed_, rules::EntryKind::kCaseUpdate, kTheirs, rules::CaseUpdate{}, said(kTheirWords));
    receipts_.clear();
    receive();
  }
  void act() {
    append(journal_, rules::EntryKind::kAcknowledgement, kTheirs, rules::Acknowledgement{});
    append(journal_, rules::EntryKind::kAcknowledgement, kOurs, rules::Acknowledgement{});
    append(journal_, rules::EntryKind::kAnomaly, {}, rules::Anomaly{rules::AnomalyKind::kSuspend, 5000, 0});
    append(journal_, rules::EntryKind::kNote, kTheirs, rules::Note{}, said(kTheirWords));
    append(journal_, rules::EntryKind::kContact, kOurs,
           rules::Contact{rules::Channel::kTelephone, rules::ContactOutcome::kReached, {}}, said("reached at home"),
           {{{wire::ContactTag::kNumberUsed, "13800138000"}}, {}});
  }
  void exchange() { receive(); }

  [[nodiscard]] wire::SignedHead node_head() const {
    return wire::sign_head(journal_.name, journal_.seq(), journal_.chain.back(), *suite_, node_.secret_key);
  }

  void tell(MemoryList const& list, wire::EvidenceSide side, std::vector<wire::EvidenceContent>& contents) const {
    contents.emplace_back(end_of(list, side));
    wire::EvidenceLeaves hidden;
    auto const flush = [&] {
      if (!hidden.leaves.empty()) contents.emplace_back(std::exchange(hidden, {}));
    };
    for (std::size_t i = 0; i < list.entries.size(); ++i) {
      if (list.skeletons[i].assignment == kTheirs) {
        if (hidden.leaves.empty()) hidden.first = i + 1;
        hidden.leaves.push_back(list.leaves[i]);
        continue;
      }
      flush();
      contents.emplace_back(wire::EvidenceEntry{i + 1, shown(list, i)});
    }
    flush();
  }
  [[nodiscard]] static wire::EncodedEntry shown(MemoryList const& list, std::size_t i) {
    auto const salted = wire::with_body_salt(list.entries[i], list.name, i + 1, list.keys[i]).value();
    return wire::erased(salted, {.body = false, .contact = true}, list.name, i + 1, list.keys[i]).value();
  }

  SeededRandom random_{20'260'301};
  std::unique_ptr<crypto::SignatureSuite> suite_ = crypto::ed25519_suite();
  crypto::KeyPair city_ = suite_->make_keys(random_);
  crypto::KeyPair node_ = suite_->make_keys(random_);
  wire::SaltKeys unit_wide_{};
  wire::SaltKeys ours_{};
  wire::SaltKeys theirs_{};
  std::uint64_t anchor_{};
  UtcTime now_ = rules::parse_moment("2026-03-02T10:00:00+08:00").value();
};

}  // namespace fieldnode::engine
