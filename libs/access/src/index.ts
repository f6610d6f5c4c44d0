export { belongsTo, decide, hasRole, isCityAdmin, memberIn, type Actor, type ActorRole, type Decision } from './actor.rules';
