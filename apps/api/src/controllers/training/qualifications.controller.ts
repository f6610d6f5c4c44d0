import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, Extension, InputOf, Mentor, QualificationKind, Stored } from '@timebank/contract';
import { Extensions, Mentors, QualificationKinds, ReadQualified } from '@timebank/members';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** The kinds of qualification, who has one until when, and who goes along with newcomers. */
@Controller()
export class QualificationsController {
  constructor(
    private readonly kinds: QualificationKinds,
    private readonly qualified: ReadQualified,
    private readonly extensions: Extensions,
    private readonly mentors: Mentors,
  ) {}

  @Endpoint('listQualificationKinds')
  list(@Input() { query }: InputOf<'listQualificationKinds'>): Promise<AnswerOf<'listQualificationKinds'>> {
    return this.kinds.list(query);
  }

  @Endpoint('putQualificationKind')
  put(@Input() { params, body }: InputOf<'putQualificationKind'>): Promise<Stored<QualificationKind>> {
    return this.kinds.put(params.code, body);
  }

  @Endpoint('listQualified')
  ending(@Input() { params, query }: InputOf<'listQualified'>): Promise<AnswerOf<'listQualified'>> {
    return this.qualified.run(params.bankId, query);
  }

  @Endpoint('listExtensions')
  listExtensions(@Input() { params, query }: InputOf<'listExtensions'>): Promise<AnswerOf<'listExtensions'>> {
    return this.extensions.list(params.bankId, query);
  }

  @Endpoint('putExtension')
  extend(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putExtension'>): Promise<Stored<Extension>> {
    return this.extensions.put(caller, params.bankId, params.extensionId, body);
  }

  @Endpoint('undoExtension')
  undo(@Caller() caller: Actor, @Input() { params }: InputOf<'undoExtension'>): Promise<Extension> {
    return this.extensions.undo(caller, params.bankId, params.extensionId);
  }

  @Endpoint('listMentors')
  listMentors(@Input() { params, query }: InputOf<'listMentors'>): Promise<AnswerOf<'listMentors'>> {
    return this.mentors.list(params.bankId, query);
  }

  @Endpoint('putMentor')
  nameMentor(@Caller() caller: Actor, @Input() { params }: InputOf<'putMentor'>): Promise<Stored<Mentor>> {
    return this.mentors.put(caller, params.bankId, params.memberId);
  }

  @Endpoint('deleteMentor')
  endMentor(@Input() { params }: InputOf<'deleteMentor'>): Promise<AnswerOf<'deleteMentor'>> {
    return this.mentors.end(params.bankId, params.memberId);
  }
}
