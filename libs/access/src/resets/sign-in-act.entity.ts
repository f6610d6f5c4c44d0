import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A record that somebody's sign-in was given back or moved to another phone, and who had a hand in it. */
@Entity('sign_in_act')
export class SignInActRow {
  @PrimaryColumn('uuid', { name: 'act_id' }) actId!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('text') kind!: 'reset' | 'moved';
  @Column('text') how!: 'text' | 'counter' | 'operator' | 'desk';
  @Column('uuid', { name: 'started_by', nullable: true }) startedBy!: string | null;
  @Column('uuid', { name: 'confirmed_by', nullable: true }) confirmedBy!: string | null;
  @Column('timestamptz', { name: 'started_at' }) startedAt!: Date;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
  /** The code that was sent or shown, if any. */
  @Column('bytea', { name: 'code_hash', nullable: true }) codeHash!: Buffer | null;
  @Column('timestamptz', { name: 'code_made_at', nullable: true }) codeMadeAt!: Date | null;
  @Column('timestamptz', { name: 'code_expires_at', nullable: true }) codeExpiresAt!: Date | null;
  @Column('integer', { name: 'code_attempts_left', nullable: true }) codeAttemptsLeft!: number | null;
}
