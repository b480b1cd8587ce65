#include "tests/sim/sim_office.h"

#include "node/office/schema.h"
#include "sync/base/check.h"

namespace fieldnode::sim {
namespace {

db::Connection migrated() {
  auto connection = db::Connection::open_in_memory();
  check(db::migrate(connection, office::migrations()).has_value(), "the office's tables");
  return connection;
}

}  // namespace

SimOffice::SimOffice(crypto::SignatureSuite const& suite, rules::RuleBook const& book, test::TestClock& clock,
                     Random& random, office::OfficeIdentity identity, crypto::KeyPair const& keys)
    : suite_(suite),
      book_(book),
      clock_(clock),
      random_(random),
      identity_(std::move(identity)),
      node_{identity_.unit, identity_.node, keys, identity_.city_key_id, identity_.city_key},
      vault_({}, random),
      writer_(migrated()),
      readers_(db::ReadPool::sharing(writer_.connection())) {
  engine::TrustedTime first(clock_, {}, {});
  auto const evidence = first.now();
  auto const founded = office::OfficeStore::found(writer_, vault_, random_, identity_, {evidence, first.state()});
  check(founded.has_value(), "the office is founded");
  time_ = std::make_unique<office::NodeTime>(clock_, engine::TimeBounds{}, first.state());
  crash();
}

void SimOffice::crash() {
  auto const state = time_->stamp().state;
  client_.reset();
  journal_.reset();
  store_ = std::make_unique<office::OfficeStore>(writer_, *readers_, vault_, book_, identity_);
  time_ = std::make_unique<office::NodeTime>(clock_, engine::TimeBounds{}, state);
  journal_ = std::make_unique<office::TimedJournal>(*store_, *time_);
  client_ = std::make_unique<engine::ExchangeClient>(node_, suite_, *journal_, random_, clock_);
}

std::vector<AssignmentId> SimOffice::assignments() { return office::Projection(writer_.connection()).ids(); }

std::optional<lists::StoredEntry> SimOffice::act(AssignmentId id) {
  auto const recorded = store_->append(draw_act(id), time_->stamp());
  if (!recorded) return std::nullopt;
  return recorded->entry;
}

Result<engine::ExchangeOutcome> SimOffice::exchange(engine::Transport& transport,
                                                    engine::ExchangeOptions const& options) {
  auto timed = options;
  timed.known_time = time_->now().interval;
  return client_->exchange_once(transport, timed);
}

void SimOffice::forget_last_act() {
  auto const head = store_->snapshot().journal;
  auto const before = store_->hash_at(head.seq - 1);
  check(before.has_value(), "the act before the last one");
  auto& connection = writer_.connection();
  connection.prepare("DELETE FROM entry WHERE seq = :seq AND list = (SELECT id FROM list WHERE kind = 1)")
      .bind(":seq", head.seq)
      .run();
  connection.prepare("UPDATE list SET seq = :seq, hash = :hash WHERE kind = 1")
      .bind(":seq", head.seq - 1)
      .bind(":hash", BytesView(*before))
      .run();
  crash();
}

office::NewAct SimOffice::draw_act(AssignmentId id) {
  using rules::EntryKind;
  office::NewAct act;
  act.assignment = id;
  act.act_id = "act-" + std::to_string(random_.bits64());
  act.staff = StaffId{1};
  auto const say = [&](EntryKind kind, rules::Payload payload, wire::TextTag tag, std::string text) {
    act.kind = kind;
    act.payload = std::move(payload);
    act.body.texts.push_back({tag, std::move(text)});
  };
  auto const file = store_->file_of(id);
  auto const* pending = file && file->state.pending_extension ? &file->state.pending_extension->by : nullptr;
  // The centre may have ruled meanwhile: then it must refuse the withdrawal that was right here.
  if (pending != nullptr && random_.below(2) == 0) {
    say(EntryKind::kWithdrawal, rules::Withdrawal{pending->at}, wire::TextTag::kReason, "不再需要");
    return act;
  }
  switch (random_.below(8)) {
    case 0:
    case 1:
      act.kind = EntryKind::kAcknowledgement;
      act.payload = rules::Acknowledgement{};
      break;
    case 2:
    case 3:
      say(EntryKind::kContact,
          rules::Contact{rules::Channel::kTelephone,
                         random_.below(3) == 0 ? rules::ContactOutcome::kNoAnswer : rules::ContactOutcome::kReached,
                         {}},
          wire::TextTag::kNote, "已联系");
      act.contact.fields.push_back({wire::ContactTag::kNumberUsed, "13800138000"});
      break;
    case 4:
      say(EntryKind::kResolution, rules::Resolution{rules::Degree::kYes, false, rules::Degree::kYes, false},
          wire::TextTag::kPublicAnswer, "已处理");
      break;
    case 5:
      say(EntryKind::kExtensionApplication, rules::ExtensionApplication{rules::ExtensionGround::kSiteWork, 2},
          wire::TextTag::kGround, "需现场施工");
      break;
    case 6:
      say(EntryKind::kReturnApplication, rules::ReturnApplication{rules::ReturnReason::kNotOurs, {}},
          wire::TextTag::kBasis, "不属本单位职责");
      break;
    default:
      say(EntryKind::kNote, rules::Note{}, wire::TextTag::kNote, "备注");
  }
  return act;
}

}  // namespace fieldnode::sim
