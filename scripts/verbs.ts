/**
 * The verbs that names of functions begin with. Participles are not verbs here: a function that
 * returns something that was folded folds it. Predicates begin with `is`, `has`, `can` and the like.
 */
const verbs = new Set(
  `
  abort accept acknowledge acquire act activate adapt add adjust admit adopt advance aggregate
  align allocate allow announce answer append apply approve arm ask assemble assert assign attach audit
  authenticate authorize await backfill balance base be become begin bind block bound broadcast buffer build
  cache calculate call cancel capture catch change check choose claim classify clean clear clone close
  coalesce collect combine commit compact compare compile complete compose compress compute configure confirm connect
  consume contain continue convert copy correct count create cut deactivate debounce decide declare decode
  decline decrease defer define delay delegate delete deliver deny derive describe deserialize destroy detach
  detect determine disable discard disconnect dismiss dispatch dispose do drain drop echo emit enable
  encode encrypt end enforce enqueue ensure enter erase escape estimate evaluate evict exceed exclude execute exit
  expand expect expire export extend extract fail fetch fill filter find finish flatten flush fold
  follow forget fork format forward free freeze gather generate get give grant group grow guard guess handle
  hash hide hold identify ignore implement import include increase increment index infer inherit init initialize
  inject insert inspect install interpret interrupt invalidate invoke issue iterate join keep kill
  label launch leave limit link list listen load locate lock log look loop lose lower make map mark mask
  match measure merge migrate mint modify monitor move multiply must name narrow negotiate normalize note notify
  observe omit open order override own pack pad page parse patch pause peek perform persist pick ping
  pipe place plan poll pop populate postpone prefer prefix prepare prevent print probe process produce project
  prompt protect prove provide prune publish pull purge push put quantify query queue quote raise rank reach
  read rebase rebuild receive recheck recognize reconcile reconnect record recover redact reduce refer refresh refund
  refuse register reject relay release reload remap remember remove rename render reopen repair repeat replace replay
  reply report represent request require reserve reset resize resolve respond restart restore restrict resume
  retain retry return reveal revert review revive revoke rewind rewrite roll rotate round route run sample sanitize save
  scan schedule scope scrub search select send separate serialize serve set settle share shift show shrink
  shut shutdown sign signal silence skip sleep slice sort spawn split start stop store stream stringify strip
  subscribe substitute subtract sum supervise supply support suspend swap sweep switch sync take tell terminate test
  throttle throw tick toggle touch trace track transfer transform transition translate traverse trigger trim truncate try
  unblock unlock unpack unregister unschedule unsubscribe unwrap update upgrade upsert use validate
  verify view visit wait wake walk want warn watch withdraw withhold work wrap write yield zip

  is are has have can could should was were will does did needs must may
  allows exceeds contains covers equals exists fits follows includes matches outlives owns runs requires
  starts supports survives waits
  to with
  `
    .trim()
    .split(/\s+/),
);

/** Returns whether the first word of a camel-case name is a verb. */
export function beginsWithVerb(name: string): boolean {
  const [first = ''] = name.replace(/^_+/, '').split(/(?=[A-Z0-9])/);
  return verbs.has(first.toLowerCase());
}
